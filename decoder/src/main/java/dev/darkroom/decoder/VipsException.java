package dev.darkroom.decoder;

/// libvips refused to do something; the message is its own.
public final class VipsException extends Exception {

  VipsException(String message) {
    super(message);
  }
}
