package dev.darkroom.decoding;

import dev.darkroom.decoder.Reply;
import dev.darkroom.decoder.Request;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A place for one child process, which is started when it is first needed and replaced when it has
/// gone. One caller at a time decodes; any thread may close.
final class DecoderLane implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DecoderLane.class);

  private static final int TRIES = 2;

  private final DecoderCommand command;
  private @Nullable DecoderProcess child;
  private boolean closed;
  private final LongAdder restarts = new LongAdder();

  DecoderLane(DecoderCommand command) {
    this.command = command;
  }

  /// The child's reply; when it does not survive that, the one of a fresh child, and [Reply.Fault]
  /// when that one does not either.
  Reply reply(Request request, MemorySegment image, Reply.Memory memory) {
    String end = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      DecoderProcess process = liveChild();
      try {
        return process.decode(request, image, memory);
      } catch (DecoderGoneException e) {
        process.close();
        end = e.getMessage();
        forget();
        restarts.increment();
        log.warn("decoder: a child process is given up: {}", end);
      }
    }
    return new Reply.Fault("The decoder failed %d times: %s".formatted(TRIES, end));
  }

  /// How many children were given up.
  long restarts() {
    return restarts.sum();
  }

  private synchronized DecoderProcess liveChild() {
    requireOpen();
    if (child != null && child.isAlive()) return child;
    try {
      var started = DecoderProcess.start(command);
      child = started;
      return started;
    } catch (IOException | DecoderGoneException e) {
      throw new FailureException(DecoderFailure.CANNOT_START, e);
    }
  }

  /// When it was closing that killed the child, the image is not to blame.
  private synchronized void forget() {
    child = null;
    requireOpen();
  }

  private void requireOpen() {
    if (closed) throw new IllegalStateException("the decoder is closed");
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (child != null) child.close();
  }
}
