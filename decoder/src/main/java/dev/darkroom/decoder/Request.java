package dev.darkroom.decoder;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What the parent asks of its child: the frame's head, which the image's bytes follow.
///
/// On the wire: `int` [#MAGIC], `byte` format, `byte` orientation, `int` width, `int` height, `int`
/// long side, `long` length.
///
/// @param orientation the EXIF orientation to undo, 1 to 8
/// @param width in pixels, as stored
/// @param height in pixels, as stored
/// @param longSide of the rendition, in pixels, 1 to [#MAX_LONG_SIDE]; a smaller picture keeps its
///   size
/// @param length of the image, in bytes
public record Request(
    EncodedFormat format, int orientation, int width, int height, int longSide, long length) {

  /// The largest rendition; its JPEG is within [Reply#MAX_LENGTH] whatever it shows.
  public static final int MAX_LONG_SIDE = 2048;

  static final int MAGIC = 0x44524b32;

  public Request {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("orientation " + orientation);
    }
    if (width < 1 || height < 1 || length < 0) {
      throw new IllegalArgumentException(width + " x " + height + ", " + length + " bytes");
    }
    if (longSide < 1 || longSide > MAX_LONG_SIDE) {
      throw new IllegalArgumentException("a long side of " + longSide);
    }
  }

  public static Request read(DataInputStream input) throws IOException {
    int magic = input.readInt();
    if (magic != MAGIC) throw new IOException("not a request: %08x".formatted(magic));
    var format = EncodedFormat.ofCode(input.readByte());
    return new Request(
        format,
        input.readByte(),
        input.readInt(),
        input.readInt(),
        input.readInt(),
        input.readLong());
  }

  public void write(DataOutputStream output) throws IOException {
    output.writeInt(MAGIC);
    output.writeByte(format.code());
    output.writeByte(orientation);
    output.writeInt(width);
    output.writeInt(height);
    output.writeInt(longSide);
    output.writeLong(length);
  }
}
