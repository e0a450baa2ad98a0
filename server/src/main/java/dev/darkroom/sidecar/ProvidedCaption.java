package dev.darkroom.sidecar;

import dev.darkroom.archive.ArchiveEntry;

/// What the archive holds as the caption of one image (Legacy), as far as the plan can tell.
public sealed interface ProvidedCaption {

  /// Nothing in it keeps the image from being read.
  sealed interface Usable extends ProvidedCaption {}

  record None() implements Usable {}

  /// A text file, which is read together with the image.
  record InFile(ArchiveEntry file) implements Usable {}

  /// A row of a metadata file.
  ///
  /// @param text trimmed, not blank, within the limit for one caption
  record InMetadata(String text) implements Usable {}

  /// A caption was meant and cannot be used.
  record Unusable(CaptionFailure failure) implements ProvidedCaption {}
}
