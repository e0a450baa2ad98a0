package dev.darkroom.bulkupload;

import java.util.concurrent.CountDownLatch;

/// Waits as something waits that no interrupt reaches, such as a process that is stopped.
final class Uninterruptibly {

  private Uninterruptibly() {}

  static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        if (interrupted) Thread.currentThread().interrupt();
        return;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }
}
