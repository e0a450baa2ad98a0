package dev.darkroom.cli;

import dev.darkroom.cli.CaptionedDataset.Image;

/// What an import found in its files, each with where it was.
sealed interface FoundCaption {

  /// A file, or a line of a file.
  String place();

  /// The caption of an image.
  ///
  /// @param text as a dataset keeps it
  record Matched(String place, Image image, String text, boolean changed) implements FoundCaption {}

  /// No image is called so.
  record Unknown(String place) implements FoundCaption {}

  record Unusable(String place, String reason) implements FoundCaption {}
}
