package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a bulk upload is refused, fails as a whole, or leaves an image out.
sealed interface BulkUploadFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  // Refused requests: nothing is kept, and no attempt is used up.

  record SourceMissing() implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.source-missing";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "zip_url is missing; name the http or https URL of a ZIP.";
    }
  }

  record UpscalingRefused() implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.upscaling-refused";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "increase_resolution is true, but a bulk upload never upscales; leave the field out or send false.";
    }
  }

  record NoModerator() implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.no-moderator";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "content_moderation is true, but this server has no moderator; send false, or ask its operator for one.";
    }
  }

  record NotAdvanced(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.dataset-not-advanced";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "Dataset %d is a basic one; bulk uploads go into datasets made with upload_type advanced."
          .formatted(datasetId);
    }
  }

  record DatasetCompleted(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.dataset-completed";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "Dataset %d is completed and takes no more images; create another one."
          .formatted(datasetId);
    }
  }

  record DatasetNotEmpty(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.dataset-not-empty";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "Dataset %d already holds images; a bulk upload needs an empty one."
          .formatted(datasetId);
    }
  }

  record AlreadyRunning(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.already-running";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "A bulk upload into dataset %d is running; follow it at its status URL."
          .formatted(datasetId);
    }
  }

  record AlreadyAttempted(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.already-attempted";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return ("Dataset %d has had its one bulk upload; to try again, upload into another dataset: an empty clone of"
              + " this one, or a new one.")
          .formatted(datasetId);
    }
  }

  record StoreFull(long neededBytes, long availableBytes) implements BulkUploadFailure {
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

  record StoreOut() implements BulkUploadFailure {
    @Override
    public String type() {
      return "storage.unavailable";
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
      return "The server's object store does not answer; try again later.";
    }
  }

  record NotFound(long datasetId) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String message() {
      return "Dataset %d has had no bulk upload.".formatted(datasetId);
    }
  }

  // Failures of an upload as a whole.

  /// The URL gave a ZIP when the upload was accepted, and something else when it was read.
  record NoLongerAZip(String found) implements BulkUploadFailure {
    @Override
    public String type() {
      return "archive.not-a-zip";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return found;
    }
  }

  /// The source gave no more of the archive, in spite of all retries. `reason` is the source's own
  /// failure.
  record SourceLost(String reason) implements BulkUploadFailure {
    @Override
    public String type() {
      return "source.lost";
    }

    @Override
    public int status() {
      return 424;
    }

    @Override
    public String message() {
      return "The ZIP could not be read to its end; its URL must answer until the upload is done. "
          + reason;
    }
  }

  /// The source gave something else in the end.
  record SourceNotAZip(String message) implements BulkUploadFailure {
    @Override
    public String type() {
      return "archive.not-a-zip";
    }

    @Override
    public int status() {
      return 422;
    }
  }

  record OutageTooLong(Duration waited) implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.outage";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The server's database, store or decoder was out for more than %s and it gave up; ask its operator."
          .formatted(inWords(waited));
    }
  }

  private static String inWords(Duration time) {
    if (time.toHours() > 0) return time.toHours() + " h";
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  record ServerFault() implements BulkUploadFailure {
    @Override
    public String type() {
      return "bulk-upload.internal-error";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The server failed at this upload again and again; its log says why, under the upload's request_id.";
    }
  }

  // Failures of one image (Legacy captions).

  record CaptionMissing(String imageName) implements BulkUploadFailure {
    @Override
    public String type() {
      return "caption.missing";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "There is no .txt file of the image's name beside it; add one, or send automatic_captioning true.";
    }
  }

  record CaptionBlank(String fileName) implements BulkUploadFailure {
    @Override
    public String type() {
      return "caption.blank";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The caption file %s is blank; write the caption into it.".formatted(fileName);
    }
  }

  record CaptionUnreadable(String fileName, String why) implements BulkUploadFailure {

    CaptionUnreadable(String fileName) {
      this(fileName, "it is no text in UTF-8, UTF-16 or Windows-1252");
    }

    @Override
    public String type() {
      return "caption.unreadable";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The caption file %s cannot be read: %s.".formatted(fileName, why);
    }
  }
}
