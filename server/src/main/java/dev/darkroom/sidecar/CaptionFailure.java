package dev.darkroom.sidecar;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why an image fails for its caption (Legacy).
public sealed interface CaptionFailure extends Failure {

  String NO_TEXT = "It is no text in UTF-8, UTF-16 or Windows-1252.";

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
      return "There is no text file of the image's name beside it and no metadata file names it; add a caption, or send automatic_captioning true.";
    }
  }

  /// The text that is to be the caption has nothing in it.
  ///
  /// @param place the text file, or the line of a metadata file
  record CaptionBlank(String place) implements CaptionFailure {
    @Override
    public String type() {
      return "caption.blank";
    }

    @Override
    public String message() {
      return "The caption in %s is blank; write one.".formatted(place);
    }
  }

  /// What is to be the caption is no text, or too long.
  ///
  /// @param place the text file, the metadata file or a line of it
  /// @param why a sentence
  record CaptionUnreadable(String place, String why) implements CaptionFailure {

    CaptionUnreadable(String place) {
      this(place, NO_TEXT);
    }

    @Override
    public String type() {
      return "caption.unreadable";
    }

    @Override
    public String message() {
      return "The caption in %s cannot be read. %s".formatted(place, why);
    }
  }
}
