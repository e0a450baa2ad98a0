package dev.darkroom.decoder;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// What the child tells its parent.
///
/// On the wire: `byte` kind, `int` length, then as many bytes: UTF-8 text, or for [Decoded] a
/// `long` and the rendition.
public sealed interface Reply {

  /// The longest reply that is believed. A JPEG of 2048 x 2048 pixels of noise has less than 3 MB.
  int MAX_LENGTH = 4 << 20;

  /// The child is ready.
  ///
  /// @param library what decodes, for people to read
  record Ready(String library) implements Reply {}

  /// The child cannot work, and exits.
  record Unavailable(String reason) implements Reply {}

  /// Every pixel decoded.
  ///
  /// @param perceptualHash see [DifferenceHash]
  /// @param rendition a JPEG, its long side as requested
  record Decoded(long perceptualHash, MemorySegment rendition) implements Reply {}

  /// The image is damaged.
  record Damaged(String detail) implements Reply {}

  /// The child failed for a reason that may not be the image's, and exits.
  record Fault(String detail) implements Reply {}

  static Reply read(DataInputStream input) throws IOException {
    byte kind = input.readByte();
    int length = input.readInt();
    if (length < 0 || length > MAX_LENGTH) {
      throw new IOException("a reply of %d bytes, kind %d".formatted(length, kind));
    }
    byte[] body = new byte[length];
    input.readFully(body);
    return switch (kind) {
      case 'R' -> new Ready(new String(body, UTF_8));
      case 'U' -> new Unavailable(new String(body, UTF_8));
      case 'D' -> decoded(body);
      case 'X' -> new Damaged(new String(body, UTF_8));
      case 'F' -> new Fault(new String(body, UTF_8));
      default -> throw new IOException("a reply of kind " + kind);
    };
  }

  /// Writes this reply; the caller flushes.
  default void write(DataOutputStream output) throws IOException {
    switch (this) {
      case Ready(String library) -> write(output, 'R', library);
      case Unavailable(String reason) -> write(output, 'U', reason);
      case Damaged(String detail) -> write(output, 'X', detail);
      case Fault(String detail) -> write(output, 'F', detail);
      case Decoded(long hash, MemorySegment rendition) -> {
        output.writeByte('D');
        output.writeInt(Long.BYTES + (int) rendition.byteSize());
        output.writeLong(hash);
        output.write(rendition.toArray(JAVA_BYTE));
      }
    }
  }

  private static void write(DataOutputStream output, char kind, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    output.writeByte(kind);
    output.writeInt(body.length);
    output.write(body);
  }

  private static Reply decoded(byte[] body) throws IOException {
    if (body.length <= Long.BYTES) throw new IOException("no rendition");
    long hash = ByteBuffer.wrap(body).getLong();
    return new Decoded(hash, MemorySegment.ofArray(body).asSlice(Long.BYTES));
  }
}
