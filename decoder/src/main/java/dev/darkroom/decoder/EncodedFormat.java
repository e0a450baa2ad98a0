package dev.darkroom.decoder;

import java.io.IOException;

/// The formats that the decoder reads.
public enum EncodedFormat {
  JPEG('J'),
  PNG('P'),
  WEBP('W');

  /// How the protocol says it.
  private final byte code;

  EncodedFormat(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static EncodedFormat ofCode(byte code) throws IOException {
    for (var format : values()) {
      if (format.code == code) return format;
    }
    throw new IOException("no format has the code " + code);
  }
}
