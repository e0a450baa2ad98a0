package dev.darkroom.image;

import dev.darkroom.decoder.DifferenceHash;

/// How alike two pictures are by their 64-bit difference hashes, which [DifferenceHash] defines
/// once for every decoder. Two decoders may differ in a few bits on the same file, since each
/// reduces the picture in its own way.
public final class PerceptualHash {

  private PerceptualHash() {}

  /// In how many of the 64 comparisons two pictures differ: 0 for the same picture, a few for
  /// copies in another size or quality, 32 on average for pictures that have nothing in common.
  public static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }
}
