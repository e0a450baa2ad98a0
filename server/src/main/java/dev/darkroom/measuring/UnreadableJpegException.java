package dev.darkroom.measuring;

/// What was to be measured is no JPEG that can be decoded.
final class UnreadableJpegException extends Exception {

  UnreadableJpegException(String message) {
    super(message);
  }

  UnreadableJpegException(Throwable cause) {
    super(cause);
  }
}
