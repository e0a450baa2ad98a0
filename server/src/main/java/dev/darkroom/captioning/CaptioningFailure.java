package dev.darkroom.captioning;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.time.Duration;

/// Why a caption is not written, or a request about captions is refused.
sealed interface CaptioningFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The failures that have no more to tell than their name.
  enum Plain implements CaptioningFailure {
    SCHEMA_MISSING(
        409,
        "caption.schema-missing",
        "Captions of this dataset are generated under its visual_schema; set it first."),
    SCHEMA_CHANGED(
        409,
        "caption.schema-changed",
        "The visual_schema or caption_prefix was changed while the caption was written; try again."),
    NEITHER_OR_BOTH(
        400, "caption.neither-or-both", "Send either a caption, or regenerate_caption true."),
    NO_MODERATOR(
        400,
        "visual-schema.no-moderator",
        "There is no moderator here; send content_moderation false, or ask the operator for one."),
    DATASET_COMPLETED(
        400,
        "structured-prompt.dataset-completed",
        "The dataset is completed; clone it and refine for the clone."),
    LEGACY_DATASET(
        400,
        "structured-prompt.legacy-dataset",
        "Structured prompts are for datasets with the training_version fibo only.");

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
  }

  /// The captioner gave a text that is no caption of the dataset.
  ///
  /// @param flaw a clause
  record BrokenPromise(String author, String flaw) implements CaptioningFailure {
    @Override
    public String type() {
      return "captioning.unusable-caption";
    }

    @Override
    public int status() {
      return 502;
    }

    @Override
    public String message() {
      return "What the captioner %s wrote is no caption of this dataset: %s."
          .formatted(author, flaw);
    }
  }

  /// The captioner, or what reads the picture for it, has a bug; the log has more.
  record Fault() implements CaptioningFailure {
    @Override
    public String type() {
      return "captioning.internal-error";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The server failed at the caption of this picture again and again; its log says why.";
    }
  }

  /// A caption that somebody writes is longer than what is kept.
  record TooLong(int maxBytes, int bytes) implements CaptioningFailure {
    @Override
    public String type() {
      return "caption.too-long";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The caption has %d bytes; at most %d are kept.".formatted(bytes, maxBytes);
    }

    @Override
    public Long limit() {
      return (long) maxBytes;
    }

    @Override
    public Long actual() {
      return (long) bytes;
    }
  }

  /// Too few or too many images for a visual schema, or too many to go with a prompt.
  record WrongCount(String field, int min, int max, int count) implements CaptioningFailure {
    @Override
    public String type() {
      return "sent-picture.wrong-count";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String message() {
      return "The field %s holds %d images; send %d to %d.".formatted(field, count, min, max);
    }

    @Override
    public Long limit() {
      return (long) (count < min ? min : max);
    }

    @Override
    public Long actual() {
      return (long) count;
    }
  }

  /// An image in a request is in none of the formats that are taken.
  ///
  /// @param field which of them, such as `images[2]`
  /// @param reason a sentence
  record Unsupported(String field, String reason) implements CaptioningFailure {
    @Override
    public String type() {
      return "sent-picture.unsupported";
    }

    @Override
    public int status() {
      return 415;
    }

    @Override
    public String message() {
      return field + ": " + reason;
    }
  }

  /// An image in a request cannot be fetched or read.
  ///
  /// @param field which of them, such as `images[2]`
  /// @param reason a sentence
  record Unusable(String field, String reason) implements CaptioningFailure {
    @Override
    public String type() {
      return "sent-picture.unusable";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return field + ": " + reason;
    }
  }

  /// The moderator refuses an image in a request.
  ///
  /// @param field which of them, such as `images[2]`
  /// @param reason a sentence
  record Refused(String field, String reason) implements CaptioningFailure {
    @Override
    public String type() {
      return "sent-picture.refused";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return field + ": " + reason;
    }
  }

  /// There is no text to be had, in the answer to a request that waited for one.
  ///
  /// @param reason a sentence
  record NoText(String reason) implements CaptioningFailure {
    @Override
    public String type() {
      return "captioning.no-text";
    }

    @Override
    public int status() {
      return 502;
    }

    @Override
    public String message() {
      return "The captioner gave no usable answer: " + reason;
    }
  }

  /// As many requests wait for a captioner as one node lets wait.
  record Busy(int atOnce) implements CaptioningFailure {
    @Override
    public String type() {
      return "captioning.busy";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "%d requests wait for the captioner already; try again in a moment.".formatted(atOnce);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }

  /// The answer took longer than a request waits.
  record TimedOut(Duration deadline) implements CaptioningFailure {
    @Override
    public String type() {
      return "captioning.timed-out";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "The captioner took longer than %d s; try again later."
          .formatted(deadline.toSeconds());
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }
  }
}
