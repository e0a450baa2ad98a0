package dev.darkroom.decoding;

import java.util.Arrays;

/// Scales a picture down so that each target pixel is the exact average of the area that it covers:
/// neither moiré nor blur, in integers, with memory for two rows only.
final class AreaReduction {

  /// Gives the rows of a picture, one after the other from the top.
  interface Rows {

    /// Fills `rgb` with row `y`, one `0xRRGGBB` per pixel.
    void read(int y, int[] rgb);
  }

  private final int width;
  private final int height;
  private final int targetWidth;
  private final int targetHeight;
  private final long[] rowSums;
  private final long[] areaSums;
  private final int[] target;

  private AreaReduction(int width, int height, int targetWidth, int targetHeight) {
    this.width = width;
    this.height = height;
    this.targetWidth = targetWidth;
    this.targetHeight = targetHeight;
    this.rowSums = new long[3 * targetWidth];
    this.areaSums = new long[3 * targetWidth];
    this.target = new int[targetWidth * targetHeight];
  }

  /// Reduces to the target size; a side that is smaller than its target is stretched over it.
  static Picture reduce(int width, int height, Rows rows, int targetWidth, int targetHeight) {
    var reduction = new AreaReduction(width, height, targetWidth, targetHeight);
    reduction.run(rows);
    return new Picture(targetWidth, targetHeight, reduction.target);
  }

  /// In units of which a source row is `targetHeight` tall and a target row `height`, both are
  /// whole numbers, and so is what they share.
  private void run(Rows rows) {
    var row = new int[width];
    int filled = 0;
    int targetY = 0;
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      sumRow(row);
      int left = targetHeight;
      while (left > 0) {
        int share = Math.min(left, height - filled);
        addRow(share);
        left -= share;
        filled += share;
        if (filled == height) {
          flush(targetY++);
          filled = 0;
        }
      }
    }
  }

  /// The same, along one row.
  private void sumRow(int[] row) {
    Arrays.fill(rowSums, 0);
    int filled = 0;
    int at = 0;
    for (int pixel : row) {
      int left = targetWidth;
      while (left > 0) {
        int share = Math.min(left, width - filled);
        rowSums[at] += (long) share * (pixel >> 16 & 0xFF);
        rowSums[at + 1] += (long) share * (pixel >> 8 & 0xFF);
        rowSums[at + 2] += (long) share * (pixel & 0xFF);
        left -= share;
        filled += share;
        if (filled == width) {
          at += 3;
          filled = 0;
        }
      }
    }
  }

  private void addRow(int share) {
    for (int i = 0; i < areaSums.length; i++) {
      areaSums[i] += rowSums[i] * share;
    }
  }

  private void flush(int targetY) {
    long area = (long) width * height;
    for (int x = 0; x < targetWidth; x++) {
      int rgb = 0;
      for (int band = 3 * x; band < 3 * x + 3; band++) {
        rgb = rgb << 8 | (int) ((areaSums[band] + area / 2) / area);
        areaSums[band] = 0;
      }
      target[targetY * targetWidth + x] = rgb;
    }
  }
}
