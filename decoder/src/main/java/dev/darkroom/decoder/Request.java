package dev.darkroom.decoder;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What the parent asks of its child: the frame's head, which the image's bytes follow.
///
/// On the wire: `int` [#MAGIC], `byte` format, `byte` orientation, `int` width, `int` height, what
/// is wanted, `long` length. What is wanted is `byte` R, `int` long side, or `byte` W, `int` width,
/// `int` height, `int` most bytes.
///
/// @param orientation the EXIF orientation to undo, 1 to 8
/// @param width in pixels, as stored
/// @param height in pixels, as stored
/// @param length of the image, in bytes
public record Request(
    EncodedFormat format, int orientation, int width, int height, Wanted wanted, long length) {

  /// The largest rendition; its JPEG is within [Reply#MAX_LENGTH] whatever it shows.
  public static final int MAX_LONG_SIDE = 2048;

  static final int MAGIC = 0x44524b33;

  /// What becomes of the image.
  public sealed interface Wanted {

    /// A small JPEG, and the picture's hash.
    ///
    /// @param longSide in pixels, 1 to [#MAX_LONG_SIDE]; a smaller picture keeps its size
    record Rendition(int longSide) implements Wanted {
      public Rendition {
        if (longSide < 1 || longSide > MAX_LONG_SIDE) {
          throw new IllegalArgumentException("a long side of " + longSide);
        }
      }
    }

    /// An image file of the whole picture, drawn anew.
    ///
    /// @param width in pixels, of the upright picture, as is the height
    /// @param maxBytes the longest reply that is of use
    record Whole(int width, int height, int maxBytes) implements Wanted {
      public Whole {
        if (width < 1 || height < 1 || maxBytes < 1) {
          throw new IllegalArgumentException(width + " x " + height + ", " + maxBytes + " bytes");
        }
      }
    }
  }

  public Request {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("orientation " + orientation);
    }
    if (width < 1 || height < 1 || length < 0) {
      throw new IllegalArgumentException(width + " x " + height + ", " + length + " bytes");
    }
  }

  /// Asks for a rendition of this long side.
  public Request(
      EncodedFormat format, int orientation, int width, int height, int longSide, long length) {
    this(format, orientation, width, height, new Wanted.Rendition(longSide), length);
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
        readWanted(input),
        input.readLong());
  }

  private static Wanted readWanted(DataInputStream input) throws IOException {
    byte kind = input.readByte();
    return switch (kind) {
      case 'R' -> new Wanted.Rendition(input.readInt());
      case 'W' -> new Wanted.Whole(input.readInt(), input.readInt(), input.readInt());
      default -> throw new IOException("nothing is wanted by the kind " + kind);
    };
  }

  public void write(DataOutputStream output) throws IOException {
    output.writeInt(MAGIC);
    output.writeByte(format.code());
    output.writeByte(orientation);
    output.writeInt(width);
    output.writeInt(height);
    switch (wanted) {
      case Wanted.Rendition(int longSide) -> {
        output.writeByte('R');
        output.writeInt(longSide);
      }
      case Wanted.Whole(int wholeWidth, int wholeHeight, int maxBytes) -> {
        output.writeByte('W');
        output.writeInt(wholeWidth);
        output.writeInt(wholeHeight);
        output.writeInt(maxBytes);
      }
    }
    output.writeLong(length);
  }
}
