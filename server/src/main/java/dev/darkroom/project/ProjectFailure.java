package dev.darkroom.project;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a project cannot be found, made, changed or deleted.
sealed interface ProjectFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// No project of the caller's organization has this id.
  record NotFound(long projectId) implements ProjectFailure {
    @Override
    public String type() {
      return "project.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "There is no project %d.".formatted(projectId);
    }
  }

  /// A text is blank that this type of project needs.
  record TextMissing(String field, IpType ipType) implements ProjectFailure {
    @Override
    public String type() {
      return "project.text-missing";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The field %s is required for the ip_type %s.".formatted(field, ipType);
    }
  }

  /// Projects of this type are illustrations only.
  record MediumRefused(IpType ipType) implements ProjectFailure {
    @Override
    public String type() {
      return "project.medium-refused";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The ip_type %s needs the ip_medium illustration.".formatted(ipType);
    }
  }

  /// A dataset of the project is being filled.
  record BulkUploadRuns(long datasetId) implements ProjectFailure {
    @Override
    public String type() {
      return "project.bulk-upload-runs";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "A bulk upload to dataset %d runs; delete the project when it has ended."
          .formatted(datasetId);
    }
  }
}
