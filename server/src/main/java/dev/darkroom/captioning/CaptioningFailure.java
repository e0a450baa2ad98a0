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
        "captioning.schema-missing",
        "Captions of this dataset are generated under its visual_schema; set it first."),
    SCHEMA_CHANGED(
        409,
        "captioning.schema-changed",
        "The visual_schema or caption_prefix was changed while the caption was written; try again."),
    NEITHER_OR_BOTH(
        400, "captioning.neither-or-both", "Send either a caption, or regenerate_caption true."),
    LEGACY_DATASET(
        400,
        "captioning.legacy-dataset",
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
