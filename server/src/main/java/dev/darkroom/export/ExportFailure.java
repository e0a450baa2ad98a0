package dev.darkroom.export;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a dataset is not handed out.
sealed interface ExportFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements ExportFailure {
    NOT_FOUND(
        404,
        "export.not-found",
        "The dataset of this link, or this part of it, is no longer there; take a fresh link from the API."),
    CHANGED(
        409,
        "export.changed",
        "The dataset was changed while it was sent; start the download again.");

    private final int status;
    private final String type;
    private final String message;

    Plain(int status, String type, String message) {
      this.status = status;
      this.type = type;
      this.message = message;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String message() {
      return message;
    }

    @Override
    public Retry retry() {
      return this == CHANGED ? Retry.LATER : Retry.NEVER;
    }
  }

  /// Only an advanced dataset is handed out as a whole.
  record BasicDataset(long datasetId) implements ExportFailure {
    @Override
    public String type() {
      return "export.basic-dataset";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String message() {
      return "Dataset %d is a basic one; only a dataset made with upload_type advanced is downloaded as a whole."
          .formatted(datasetId);
    }
  }

  /// The bytes that a client asks for are past the file's end.
  record RangeNotSatisfiable(long length) implements ExportFailure {
    @Override
    public String type() {
      return "export.range-not-satisfiable";
    }

    @Override
    public int status() {
      return 416;
    }

    @Override
    public String message() {
      return "The file has %d bytes, none of them in the range asked for.".formatted(length);
    }
  }
}
