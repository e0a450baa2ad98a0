package dev.darkroom.decoding;

import dev.darkroom.image.Decoder;

/// A real decoder for the tests of others, which needs no child process and no native library.
public final class TestDecoder {

  private TestDecoder() {}

  public static Decoder imageIo() {
    return new ImageIoDecoder();
  }
}
