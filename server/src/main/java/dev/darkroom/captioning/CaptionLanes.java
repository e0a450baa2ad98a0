package dev.darkroom.captioning;

import java.util.concurrent.Semaphore;

/// How many pictures of caption runs this node has captioned at a time, whichever runs and batches
/// they are of; the others wait their turn.
final class CaptionLanes {

  private static final boolean FAIR = true;

  private final Semaphore free;

  CaptionLanes(int lanes) {
    this.free = new Semaphore(lanes, FAIR);
  }

  /// Waits for a lane, which the caller closes.
  Lane take() throws InterruptedException {
    free.acquire();
    return free::release;
  }

  @FunctionalInterface
  interface Lane extends AutoCloseable {
    @Override
    void close();
  }
}
