package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a bulk upload is refused. Nothing is kept of it, and the dataset's one attempt is not used
/// up.
sealed interface IntakeFailure extends Failure {

  /// What most of them are: the request asks for what cannot be.
  @Override
  default int status() {
    return 400;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  record SourceMissing() implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.source-missing";
    }

    @Override
    public String message() {
      return "zip_url is missing; name the http or https URL of a ZIP, or an upload of yours as upload_id.";
    }
  }

  record TwoSources() implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.two-sources";
    }

    @Override
    public String message() {
      return "Both zip_url and upload_id are given; send one of them.";
    }
  }

  record UpscalingRefused() implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.upscaling-refused";
    }

    @Override
    public String message() {
      return "increase_resolution is true, but a bulk upload never upscales; leave the field out or send false.";
    }
  }

  record NoModerator() implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.no-moderator";
    }

    @Override
    public String message() {
      return "content_moderation is true, but this server has no moderator; send false, or ask its operator for one.";
    }
  }

  record NotAdvanced(long datasetId) implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.dataset-not-advanced";
    }

    @Override
    public String message() {
      return "Dataset %d is a basic one; bulk uploads go into datasets made with upload_type advanced."
          .formatted(datasetId);
    }
  }

  record DatasetCompleted(long datasetId) implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.dataset-completed";
    }

    @Override
    public String message() {
      return "Dataset %d is completed and takes no more images; create another one."
          .formatted(datasetId);
    }
  }

  record DatasetNotEmpty(long datasetId) implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.dataset-not-empty";
    }

    @Override
    public String message() {
      return "Dataset %d already holds images; a bulk upload needs an empty one."
          .formatted(datasetId);
    }
  }

  record AlreadyRunning(long datasetId) implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.already-running";
    }

    @Override
    public String message() {
      return "A bulk upload into dataset %d is running; follow it at its status URL."
          .formatted(datasetId);
    }
  }

  record AlreadyAttempted(long datasetId) implements IntakeFailure {
    @Override
    public String type() {
      return "bulk-upload.already-attempted";
    }

    @Override
    public String message() {
      return ("Dataset %d has had its one bulk upload; to try again, upload into another dataset: an empty clone of"
              + " this one, or a new one.")
          .formatted(datasetId);
    }
  }

  /// So many uploads of the organization wait for their turn that no further one may.
  record TooManyWaiting(int allowed, int found) implements IntakeFailure {

    /// About the time of a small upload.
    private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(30);

    @Override
    public String type() {
      return "bulk-upload.too-many-waiting";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public Duration retryAfter() {
      return UNTIL_ONE_ENDS;
    }

    @Override
    public String message() {
      return "This would be upload %d of your organization to wait for its turn, and at most %d may; try again when one of them has begun."
          .formatted(found, allowed);
    }

    @Override
    public Long limit() {
      return (long) allowed;
    }

    @Override
    public Long actual() {
      return (long) found;
    }
  }

  record StoreFull(long neededBytes, long availableBytes) implements IntakeFailure {
    @Override
    public String type() {
      return "storage.full";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String message() {
      return "The server has room for %,d bytes, and this ZIP needs %,d; ask its operator to make room."
          .formatted(availableBytes, neededBytes);
    }

    @Override
    public Long limit() {
      return availableBytes;
    }

    @Override
    public Long actual() {
      return neededBytes;
    }
  }
}
