package dev.darkroom.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Bounds the time of a lookup by asking on threads of its own: the system's resolver is native and
/// cannot be interrupted, so a name server that never answers would hold the carrier of a virtual
/// thread, and there are only as many of these as cores. Safe for use by many threads at once.
final class BoundedLookup implements HostLookup, AutoCloseable {

  private static final int THREADS = 16;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("host-lookup-", 0).factory());
  private final HostLookup lookup;
  private final Duration timeout;

  BoundedLookup(HostLookup lookup, Duration timeout) {
    this.lookup = lookup;
    this.timeout = timeout;
  }

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    Future<List<InetAddress>> answer = threads.submit(() -> lookup.addresses(host));
    try {
      return answer.get(Deadline.within(timeout).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException _) {
      throw new UnknownHostException(host);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
