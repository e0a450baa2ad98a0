package dev.darkroom.decoder;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What the parent asks of its child: the frame's head, which the image's bytes follow.
///
/// On the wire: `int` [#MAGIC], `byte` format, `byte` orientation, `int` width, `int` height,
/// `long` length.
///
/// @param orientation the EXIF orientation to undo, 1 to 8
/// @param width in pixels, as stored
/// @param height in pixels, as stored
/// @param length of the image, in bytes
public record Request(EncodedFormat format, int orientation, int width, int height, long length) {

  static final int MAGIC = 0x44524b31;

  public Request {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("orientation " + orientation);
    }
    if (width < 1 || height < 1 || length < 0) {
      throw new IllegalArgumentException(width + " x " + height + ", " + length + " bytes");
    }
  }

  public static Request read(DataInputStream input) throws IOException {
    int magic = input.readInt();
    if (magic != MAGIC) throw new IOException("not a request: %08x".formatted(magic));
    var format = EncodedFormat.ofCode(input.readByte());
    return new Request(
        format, input.readByte(), input.readInt(), input.readInt(), input.readLong());
  }

  public void write(DataOutputStream output) throws IOException {
    output.writeInt(MAGIC);
    output.writeByte(format.code());
    output.writeByte(orientation);
    output.writeInt(width);
    output.writeInt(height);
    output.writeLong(length);
  }
}
