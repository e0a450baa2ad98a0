package dev.darkroom.bulkupload;

import java.util.concurrent.CountDownLatch;

/// Waits as what no interrupt reaches, such as a process that is paused.
public final class Uninterruptibly {

  private Uninterruptibly() {}

  public static void await(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // It is told nothing of it when it wakes up, either.
      }
    }
  }
}
