package dev.darkroom.decoding;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why no image can be decoded, whichever it is.
enum DecoderFailure implements Failure {
  /// No process can be had for it, or its library cannot be loaded any more.
  CANNOT_START;

  @Override
  public String type() {
    return "decoder.cannot-start";
  }

  @Override
  public int status() {
    return 503;
  }

  @Override
  public String message() {
    return "The server cannot start its image decoder; ask its operator, whose log says why.";
  }

  @Override
  public Retry retry() {
    return Retry.WHEN_BACK;
  }
}
