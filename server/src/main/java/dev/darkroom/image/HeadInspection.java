package dev.darkroom.image;

/// The verdict on an image file by its first bytes.
public sealed interface HeadInspection {

  /// Nothing of what was looked at speaks against the image. Whether all of it is there, and every
  /// pixel decodes, is another question.
  record Fit() implements HeadInspection {}

  /// The image fails, whatever comes behind; where that is damaged, for its damage instead.
  record Rejected(ImageFailure failure) implements HeadInspection {}

  /// These bytes do not tell.
  record Undetermined() implements HeadInspection {}
}
