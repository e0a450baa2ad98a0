package dev.darkroom.memory;

import org.springframework.stereotype.Component;

/// The node's memory outside the heap, in three shares that wait for each other in one direction
/// only: who holds a part of an archive waits for room for the image in it, who holds an image for
/// room to draw it anew, and who holds that waits for no memory. One budget for all would have the
/// readers of small parts wait behind a large image, and that one for them.
@Component
public final class NodeMemory {

  /// A quarter: eight readers of 16 MB each at the default, which no two cores keep up with.
  private static final int ARCHIVE_SHARE = 4;

  /// An eighth: most redrawn images have a few megapixels.
  private static final int REDRAWN_SHARE = 8;

  private final MemoryBudget archives;
  private final MemoryBudget images;
  private final MemoryBudget redrawn;

  NodeMemory(MemorySettings settings) {
    long bytes = settings.budget().toBytes();
    this.archives = new MemoryBudget(bytes / ARCHIVE_SHARE);
    this.redrawn = new MemoryBudget(bytes / REDRAWN_SHARE);
    this.images = new MemoryBudget(bytes - bytes / ARCHIVE_SHARE - bytes / REDRAWN_SHARE);
  }

  /// For the ranges of archives that are fetched and not consumed yet.
  public MemoryBudget archives() {
    return archives;
  }

  /// For images as they came, from whatever source, while they are looked at.
  public MemoryBudget images() {
    return images;
  }

  /// For images that are drawn anew, beside those as they came.
  public MemoryBudget redrawn() {
    return redrawn;
  }
}
