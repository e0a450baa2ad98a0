package dev.darkroom.decoding;

import dev.darkroom.decoder.DifferenceHash;

/// A small opaque picture: one `0xRRGGBB` per pixel, row by row from the top left.
final class Picture {

  private final int width;
  private final int height;
  private final int[] rgb;

  /// Takes the pixels over without a copy.
  Picture(int width, int height, int[] rgb) {
    if (rgb.length != width * height) {
      throw new IllegalArgumentException(
          "%d pixels for %d x %d".formatted(rgb.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// The pixels themselves, not a copy.
  int[] rgb() {
    return rgb;
  }

  /// Turns and mirrors what is stored with this EXIF orientation (EXIF 2.32, tag 0x0112) so that
  /// its top is up.
  Picture upright(int orientation) {
    boolean isTransposed = orientation >= 5;
    int uprightWidth = isTransposed ? height : width;
    int uprightHeight = isTransposed ? width : height;
    var upright = new int[rgb.length];
    for (int y = 0; y < uprightHeight; y++) {
      for (int x = 0; x < uprightWidth; x++) {
        upright[y * uprightWidth + x] = rgb[storedAt(orientation, x, y)];
      }
    }
    return new Picture(uprightWidth, uprightHeight, upright);
  }

  /// Where the pixel at (x, y) of the upright picture is stored.
  private int storedAt(int orientation, int x, int y) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (orientation) {
      case 2 -> at(right - x, y);
      case 3 -> at(right - x, bottom - y);
      case 4 -> at(x, bottom - y);
      case 5 -> at(y, x);
      case 6 -> at(y, bottom - x);
      case 7 -> at(right - y, bottom - x);
      case 8 -> at(right - y, x);
      default -> at(x, y);
    };
  }

  private int at(int x, int y) {
    return y * width + x;
  }

  /// The hash of this picture, which must be upright.
  long differenceHash() {
    var cells =
        AreaReduction.reduce(
            width,
            height,
            (y, row) -> System.arraycopy(rgb, y * width, row, 0, width),
            DifferenceHash.COLUMNS,
            DifferenceHash.ROWS);
    return DifferenceHash.ofCells(cells.bytes());
  }

  /// Red, green and blue of each pixel.
  byte[] bytes() {
    var bytes = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      bytes[3 * i] = (byte) (rgb[i] >> 16);
      bytes[3 * i + 1] = (byte) (rgb[i] >> 8);
      bytes[3 * i + 2] = (byte) rgb[i];
    }
    return bytes;
  }
}
