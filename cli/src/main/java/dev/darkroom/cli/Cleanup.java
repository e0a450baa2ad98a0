package dev.darkroom.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What a command has opened, closed in reverse order and exactly once: when the command ends, or
/// when the process is told to stop (Ctrl-C). Safe for the command's thread and the shutdown hook;
/// nothing can be opened once closing began, so nothing is left behind.
final class Cleanup implements AutoCloseable {

  interface Opening<T> {
    T open() throws Exception;
  }

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Thread owner = Thread.currentThread();
  private final Thread hook = new Thread(this::stop, "cleanup");
  private volatile boolean closed;

  Cleanup() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  synchronized <T extends AutoCloseable> T open(Opening<T> opening) throws Exception {
    if (closed) throw new CommandFailure.Stopped();
    T resource = opening.open();
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() throws IOException {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is stopping already, and the hook finds nothing left to do.
    }
  }

  private void stop() {
    if (!closed) owner.interrupt();
    try {
      closeAll();
    } catch (IOException e) {
      System.err.println("darkroom: clean-up failed: " + Printable.of(e.toString()));
    }
  }

  private synchronized void closeAll() throws IOException {
    closed = true;
    IOException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        if (failure == null) failure = new IOException("clean-up is incomplete: " + e, e);
        else failure.addSuppressed(e);
      }
    }
    if (failure != null) throw failure;
  }
}
