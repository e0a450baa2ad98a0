package dev.darkroom.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/// What a format puts around files: small, and made when it is sent.
record Header(long length, Supplier<byte[]> bytes) implements Piece {

  static Header of(byte[] bytes) {
    return new Header(bytes.length, () -> bytes);
  }

  @Override
  public void send(long from, long length, OutputStream client) throws IOException {
    client.write(bytes.get(), Math.toIntExact(from), Math.toIntExact(length));
  }
}
