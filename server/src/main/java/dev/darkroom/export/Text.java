package dev.darkroom.export;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/// A text that was measured when the layout was made, and is read again when it is sent: all texts
/// of a dataset would fill the heap.
record Text(long length, long crc32, Supplier<byte[]> bytes) implements Piece {

  /// @param bytes as they are now
  /// @param again gives them when they are sent
  static Text of(byte[] bytes, Supplier<byte[]> again) {
    return new Text(bytes.length, crc32(bytes), again);
  }

  /// Sends nothing where the text is another one by now: it would fit neither its length nor what
  /// was said of it.
  @Override
  public void send(long from, long length, OutputStream client) throws IOException {
    var present = bytes.get();
    if (present.length != length() || crc32(present) != crc32) {
      throw new FailureException(ExportFailure.Plain.CHANGED);
    }
    client.write(present, Math.toIntExact(from), Math.toIntExact(length));
  }

  private static long crc32(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
