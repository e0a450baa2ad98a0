package dev.darkroom.decoder;

/// There is no libvips that can be used; the message says what was tried.
public final class VipsUnavailableException extends Exception {

  VipsUnavailableException(String message) {
    super(message);
  }
}
