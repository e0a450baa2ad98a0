package dev.darkroom.image;

/// The 64-bit difference hash (dHash) by which pictures that look alike are found, whatever their
/// size and format.
///
/// The upright thumbnail is averaged down to 9 columns by 8 rows of grey. Each of the 8 rows gives
/// 8 bits, from left to right: set where a value is greater than its right neighbour. Rows go from
/// the top down, and the first bit is the most significant one. Hashes of the same picture from
/// different decoders may differ in a few bits.
public final class PerceptualHash {

  public static final int COLUMNS = 9;
  public static final int ROWS = 8;

  private PerceptualHash() {}

  /// The hash of 72 grey values, row by row from the top left.
  public static long of(int[] grey) {
    if (grey.length != COLUMNS * ROWS) {
      throw new IllegalArgumentException("not 9 x 8 values: " + grey.length);
    }
    long hash = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS - 1; column++) {
        int at = row * COLUMNS + column;
        hash = hash << 1 | (grey[at] > grey[at + 1] ? 1 : 0);
      }
    }
    return hash;
  }

  /// In how many of the 64 comparisons two pictures differ: 0 for the same picture, a few for
  /// copies in another size or quality, 32 on average for pictures that have nothing in common.
  public static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }
}
