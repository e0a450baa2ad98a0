package dev.darkroom.image;

/// Ends the walk through an image file at its first flaw. Never leaves [Structure#of], which turns
/// it into a value; without a stack trace, because damaged images are ordinary.
final class FlawedImageException extends Exception {

  private final transient ImageFailure flaw;

  FlawedImageException(ImageFailure flaw) {
    super(flaw.message(), null, false, false);
    this.flaw = flaw;
  }

  ImageFailure flaw() {
    return flaw;
  }

  static FlawedImageException corrupt(String detail) {
    return new FlawedImageException(new ImageFailure.Corrupt(detail));
  }

  static FlawedImageException unsupported(String found) {
    return new FlawedImageException(new ImageFailure.UnsupportedFormat(found));
  }
}
