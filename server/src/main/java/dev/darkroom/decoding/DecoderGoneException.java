package dev.darkroom.decoding;

/// A child process ended, went silent or babbled; the message says which.
final class DecoderGoneException extends Exception {

  DecoderGoneException(String message) {
    super(message);
  }
}
