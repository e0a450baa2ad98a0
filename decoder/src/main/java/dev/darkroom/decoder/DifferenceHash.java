package dev.darkroom.decoder;

/// A 64-bit difference hash ("dHash") of a picture: near duplicates differ in few bits.
///
/// The upright picture is shrunk to 9 x 8 cells, each the mean colour of its pixels, and each cell
/// to its luma (ITU-R BT.601). A bit is set where a cell is darker than its neighbour to the right
/// by more than two grey levels: on flat areas decoders round differently, by a level or so. Rows
/// go from top to bottom, cells from left to right; the first comparison is the highest bit.
public final class DifferenceHash {

  /// Cells in a row.
  public static final int COLUMNS = 9;

  /// Rows of cells.
  public static final int ROWS = 8;

  private static final int BANDS = 3;

  /// In thousandths of a grey level.
  private static final int FLAT = 2_000;

  private DifferenceHash() {}

  /// The hash of [#ROWS] rows of [#COLUMNS] cells, each red, green and blue.
  public static long ofCells(byte[] rgb) {
    if (rgb.length != ROWS * COLUMNS * BANDS) {
      throw new IllegalArgumentException(rgb.length + " bytes");
    }
    long hash = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS - 1; column++) {
        int cell = row * COLUMNS + column;
        hash = hash << 1 | (luma(rgb, cell + 1) - luma(rgb, cell) > FLAT ? 1 : 0);
      }
    }
    return hash;
  }

  /// Thousandths of a level.
  private static int luma(byte[] rgb, int cell) {
    int at = cell * BANDS;
    return 299 * (rgb[at] & 0xff) + 587 * (rgb[at + 1] & 0xff) + 114 * (rgb[at + 2] & 0xff);
  }
}
