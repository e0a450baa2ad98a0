package dev.darkroom.bulkupload;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an image fails for its caption (Legacy).
sealed interface CaptionFailure extends Failure {

  /// What most of them are: the caption file is to be mended.
  @Override
  default int status() {
    return 400;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  record CaptionMissing(String imageName) implements CaptionFailure {
    @Override
    public String type() {
      return "caption.missing";
    }

    @Override
    public String message() {
      return "There is no .txt file of the image's name beside it; add one, or send automatic_captioning true.";
    }
  }

  record CaptionBlank(String fileName) implements CaptionFailure {
    @Override
    public String type() {
      return "caption.blank";
    }

    @Override
    public String message() {
      return "The caption file %s is blank; write the caption into it.".formatted(fileName);
    }
  }

  record CaptionUnreadable(String fileName, String why) implements CaptionFailure {

    CaptionUnreadable(String fileName) {
      this(fileName, "It is no text in UTF-8, UTF-16 or Windows-1252.");
    }

    @Override
    public String type() {
      return "caption.unreadable";
    }

    @Override
    public String message() {
      return "The caption file %s cannot be read. %s".formatted(fileName, why);
    }
  }
}
