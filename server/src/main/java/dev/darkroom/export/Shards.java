package dev.darkroom.export;

import java.util.ArrayList;
import java.util.List;

/// Where a dataset is cut into shards: each holds as many images as keep within the bounds, and one
/// at least. A loader hands whole shards to its workers, so that many small ones serve better than
/// one that holds everything.
final class Shards {

  private static final int MAX_IMAGES = 1_000;
  private static final long MAX_BYTES = 1L << 30;

  private Shards() {}

  /// The index of each shard's first image; one shard where there are no images.
  static List<Integer> starts(List<Long> sizes) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    long bytes = 0;
    for (int i = 0; i < sizes.size(); i++) {
      int images = i - starts.getLast();
      if (images == MAX_IMAGES || (images > 0 && bytes + sizes.get(i) > MAX_BYTES)) {
        starts.add(i);
        bytes = 0;
      }
      bytes += sizes.get(i);
    }
    return starts;
  }
}
