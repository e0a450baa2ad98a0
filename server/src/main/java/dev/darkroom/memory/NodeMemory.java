package dev.darkroom.memory;

import org.springframework.stereotype.Component;

/// The node's memory outside the heap, in two shares that wait for each other in one direction
/// only: who holds a part of an archive waits for room for the image in it, and who holds an image
/// waits for no memory. One budget for both would have the readers of small parts wait behind a
/// large image, and that one for them.
@Component
public final class NodeMemory {

  /// A quarter: eight readers of 16 MB each at the default, which no two cores keep up with.
  private static final int ARCHIVE_SHARE = 4;

  private final MemoryBudget archives;
  private final MemoryBudget images;

  NodeMemory(MemorySettings settings) {
    long bytes = settings.budget().toBytes();
    this.archives = new MemoryBudget(bytes / ARCHIVE_SHARE);
    this.images = new MemoryBudget(bytes - bytes / ARCHIVE_SHARE);
  }

  /// For the ranges of archives that are fetched and not consumed yet.
  public MemoryBudget archives() {
    return archives;
  }

  /// For images as they came, from whatever source, while they are looked at.
  public MemoryBudget images() {
    return images;
  }
}
