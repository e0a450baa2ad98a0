package dev.darkroom.rendering;

import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Has bodies rendered a few at a time, first come, first served. Each takes a connection to the
/// database and works the processor for as long as it takes, but for no client: however many ask,
/// the work on uploads has the rest of both.
@Component
public final class Renderings {

  private static final int LEAST = 2;
  private static final int MOST = 6;

  private final Semaphore turns =
      new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors(), LEAST, MOST), true);

  Renderings() {}

  /// Waits for its turn, and renders what `writer` writes. The caller closes the rendering.
  public Rendering render(Consumer<OutputStream> writer) {
    return inTurn(() -> Rendering.of(writer));
  }

  /// Waits for its turn, and does work that renders, if there is still a need for it by then.
  public <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
