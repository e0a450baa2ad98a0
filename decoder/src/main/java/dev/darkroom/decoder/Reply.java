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
/// On the wire: `byte` kind, `int` length, then as many bytes: UTF-8 text, for [Decoded] a `long`
/// and the rendition, for [TooLarge] a `long`, for [Redrawn] the image.
public sealed interface Reply {

  /// The longest reply that is believed, [Redrawn] excepted. A JPEG of 2048 x 2048 pixels of noise
  /// has less than 3 MB.
  int MAX_LENGTH = 4 << 20;

  /// How much of an image is on the heap at a time.
  int PIECE_BYTES = 64 << 10;

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

  /// The picture as a whole in a new file: a JPEG where the image was one, else a PNG.
  record Redrawn(MemorySegment image) implements Reply {}

  /// The new file is longer than is of use.
  record TooLarge(long bytes) implements Reply {}

  /// The image is damaged.
  record Damaged(String detail) implements Reply {}

  /// The child failed for a reason that may not be the image's, and exits.
  record Fault(String detail) implements Reply {}

  /// Where a redrawn image goes.
  @FunctionalInterface
  interface Memory {
    /// Room for as many bytes.
    ///
    /// @throws IOException where they are more than were asked for
    MemorySegment allocate(int bytes) throws IOException;
  }

  static Reply read(DataInputStream input, Memory memory) throws IOException {
    byte kind = input.readByte();
    int length = input.readInt();
    if (kind == 'W') return redrawn(input, memory.allocate(length));
    if (length < 0 || length > MAX_LENGTH) {
      throw new IOException("a reply of %d bytes, kind %d".formatted(length, kind));
    }
    byte[] body = new byte[length];
    input.readFully(body);
    return switch (kind) {
      case 'R' -> new Ready(new String(body, UTF_8));
      case 'U' -> new Unavailable(new String(body, UTF_8));
      case 'D' -> decoded(body);
      case 'L' -> new TooLarge(ByteBuffer.wrap(body).getLong());
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
      case TooLarge(long bytes) -> {
        output.writeByte('L');
        output.writeInt(Long.BYTES);
        output.writeLong(bytes);
      }
      case Redrawn(MemorySegment image) -> {
        output.writeByte('W');
        output.writeInt((int) image.byteSize());
        copy(image, output);
      }
    }
  }

  /// Piece by piece: neither side's heap is large enough for the whole.
  private static void copy(MemorySegment image, DataOutputStream output) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (long at = 0; at < image.byteSize(); at += PIECE_BYTES) {
      int count = (int) Math.min(PIECE_BYTES, image.byteSize() - at);
      MemorySegment.copy(image, JAVA_BYTE, at, piece, 0, count);
      output.write(piece, 0, count);
    }
  }

  private static Reply redrawn(DataInputStream input, MemorySegment image) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (long at = 0; at < image.byteSize(); at += PIECE_BYTES) {
      int count = (int) Math.min(PIECE_BYTES, image.byteSize() - at);
      input.readFully(piece, 0, count);
      MemorySegment.copy(piece, 0, image, JAVA_BYTE, at, count);
    }
    return new Redrawn(image);
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
