package dev.darkroom.measuring;

/// Whether a picture is made of flat areas, as drawings are, or of tones that change everywhere, as
/// photographs are.
///
/// The picture is cut into blocks of 8 x 8 pixels, those of its JPEG. A block is flat where its
/// lightness stays within [#STILL] and blocks [#REACH] away, one beside and one above or below it,
/// have the same colour and are as still. A clear sky fails that: it is still, but changes with its
/// height. Blocks of pure black or white do not count: a cut-out photograph stands on them too.
///
/// @param counted the share of the blocks that count
/// @param flat the share of those that are flat
/// @param exposed whether the camera tells of an exposure
record Medium(double counted, double flat, boolean exposed) {

  static final double STILL = 0.012;

  /// The largest difference on each axis of OKLab that is none: about one level of 255.
  static final double SAME = 0.004;

  /// In blocks.
  static final int REACH = 3;

  static final double FEW = 0.10;
  static final double FLAT = 0.50;
  static final double CONTINUOUS = 0.25;

  private static final int BLOCK = 8;
  private static final double BLACK = 0.06;
  private static final double WHITE = 0.985;

  static Medium of(Pixels pixels, Lens lens) {
    return new Blocks(pixels).medium(lens);
  }

  boolean isContinuous() {
    return exposed || (counted >= FEW && flat < CONTINUOUS);
  }

  boolean isFlat() {
    return !exposed && counted >= FEW && flat >= FLAT;
  }

  /// `photograph` where the camera says so, else what the tones look like.
  String words() {
    if (exposed) return "photograph";
    if (isFlat()) return "illustration in flat colours";
    return isContinuous()
        ? "continuous tones (photograph, painting or rendering)"
        : Words.NOT_DETERMINED;
  }

  /// The blocks of a picture; those at its right and lower edge that are not whole are left out.
  private static final class Blocks {

    private final Pixels pixels;
    private final int columns;
    private final int rows;

    Blocks(Pixels pixels) {
      this.pixels = pixels;
      this.columns = pixels.width() / BLOCK;
      this.rows = pixels.height() / BLOCK;
    }

    Medium medium(Lens lens) {
      int counted = 0;
      int flat = 0;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double lightness = pixels.lightness()[at(column, row)];
          boolean still = isStill(column, row);
          if (still && (lightness < BLACK || lightness > WHITE)) continue;
          counted++;
          boolean beside = isSame(column, row, REACH, 0) || isSame(column, row, -REACH, 0);
          boolean above = isSame(column, row, 0, REACH) || isSame(column, row, 0, -REACH);
          if (still && beside && above) flat++;
        }
      }
      return new Medium(
          Rounded.share(counted, (long) columns * rows),
          Rounded.share(flat, counted),
          lens.exposed());
    }

    private boolean isSame(int column, int row, int right, int below) {
      int otherColumn = column + right;
      int otherRow = row + below;
      if (otherColumn < 0 || otherColumn >= columns || otherRow < 0 || otherRow >= rows) {
        return false;
      }
      int here = at(column, row);
      int there = at(otherColumn, otherRow);
      return Math.abs(pixels.lightness()[here] - pixels.lightness()[there]) <= SAME
          && Math.abs(pixels.a()[here] - pixels.a()[there]) <= SAME
          && Math.abs(pixels.b()[here] - pixels.b()[there]) <= SAME
          && isStill(otherColumn, otherRow);
    }

    private boolean isStill(int column, int row) {
      float least = Float.MAX_VALUE;
      float most = 0;
      for (int y = row * BLOCK; y < (row + 1) * BLOCK; y++) {
        for (int x = column * BLOCK; x < (column + 1) * BLOCK; x++) {
          float value = pixels.lightness()[y * pixels.width() + x];
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
      return most - least <= STILL;
    }

    /// The pixel in the middle of a block.
    private int at(int column, int row) {
      return (row * BLOCK + BLOCK / 2) * pixels.width() + column * BLOCK + BLOCK / 2;
    }
  }
}
