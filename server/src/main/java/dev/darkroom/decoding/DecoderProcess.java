package dev.darkroom.decoding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.decoder.Reply;
import dev.darkroom.decoder.Request;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One child process that decodes, seen from its parent. It serves one caller at a time.
///
/// Replies are read on a platform thread: a read of a pipe would hold a virtual thread's carrier
/// for as long as the child works. The image is written by the caller itself, so that memory which
/// only the caller's thread may read will do; the child takes it as fast as it comes.
final class DecoderProcess implements AutoCloseable {

  /// That of a pipe on Linux.
  private static final int BUFFER_BYTES = 64 << 10;

  private static final Duration EXIT = Duration.ofSeconds(2);

  private final Process process;
  private final Duration timeout;
  private final LastWords errors;
  private final DataOutputStream requests;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final AtomicReference<@Nullable Awaited> awaited = new AtomicReference<>();
  private String library = "";
  private volatile boolean ended;

  private DecoderProcess(Process process, Duration timeout) {
    this.process = process;
    this.timeout = timeout;
    this.errors = LastWords.of(process.getErrorStream(), "decoder-errors-" + process.pid());
    this.requests = new DataOutputStream(process.getOutputStream());
  }

  /// Starts a child, and waits for its first reply.
  static DecoderProcess start(DecoderCommand command) throws IOException, DecoderGoneException {
    var builder = new ProcessBuilder(command.words());
    builder.environment().clear();
    // Without it Java takes the names of files in its options for ASCII.
    builder.environment().put("LC_ALL", "C.UTF-8");
    // Each of malloc's arenas reserves 64 MB of the address space, which is limited.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    var child = new DecoderProcess(builder.start(), command.timeout());
    var first = new CompletableFuture<Reply>();
    child.await(new Awaited(first, Replies.NO_MEMORY));
    Thread.ofPlatform().daemon().name("decoder-" + child.process.pid()).start(child::readReplies);
    try {
      return switch (child.answer(first)) {
        case Reply.Ready(String library) -> child.named(library);
        case Reply.Unavailable(String reason) -> throw new DecoderGoneException(reason);
        case Reply other -> throw new DecoderGoneException("its first words were " + other);
      };
    } catch (DecoderGoneException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  private DecoderProcess named(String library) {
    this.library = library;
    return this;
  }

  /// What the child decodes with, for people to read.
  String library() {
    return library;
  }

  boolean isAlive() {
    return !ended && process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// Has one image decoded; the reply is no [Reply.Fault], and none of a child's start. After an
  /// exception the child is of no more use.
  ///
  /// @param memory for a reply that is an image
  Reply decode(Request request, MemorySegment image, Reply.Memory memory)
      throws DecoderGoneException {
    var reply = new CompletableFuture<Reply>();
    await(new Awaited(reply, memory));
    try {
      write(request, image);
    } catch (IOException _) {
      // The child has gone, which the end of its replies tells with its reason.
    }
    return switch (answer(reply)) {
      case Reply.Decoded decoded -> decoded;
      case Reply.Damaged damaged -> damaged;
      case Reply.Redrawn redrawn -> redrawn;
      case Reply.TooLarge tooLarge -> tooLarge;
      case Reply.Fault(String detail) -> throw new DecoderGoneException(detail);
      case Reply other -> throw new DecoderGoneException("it answered " + other);
    };
  }

  private void await(Awaited expected) {
    awaited.set(expected);
    var reply = expected.reply();
    if (ended) reply.completeExceptionally(new EOFException(lastWords()));
    var _ = reply.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    // Killing the child also frees a writer that waits for it to read.
    var _ =
        reply.whenComplete((_, failure) -> {
          if (failure != null) close();
        });
  }

  private void write(Request request, MemorySegment image) throws IOException {
    request.write(requests);
    long length = image.byteSize();
    for (long at = 0; at < length; at += BUFFER_BYTES) {
      int part = (int) Math.min(BUFFER_BYTES, length - at);
      MemorySegment.copy(image, JAVA_BYTE, at, buffer, 0, part);
      requests.write(buffer, 0, part);
    }
    requests.flush();
  }

  private Reply answer(CompletableFuture<Reply> reply) throws DecoderGoneException {
    try {
      return reply.get();
    } catch (InterruptedException _) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while an image was decoded");
    } catch (ExecutionException e) {
      throw new DecoderGoneException(
          switch (e.getCause()) {
            case TimeoutException _ -> "it was silent for " + timeout.toMillis() + " ms";
            case EOFException end -> String.valueOf(end.getMessage());
            case null, default -> String.valueOf(e.getCause());
          });
    }
  }

  private void readReplies() {
    String end;
    try (var replies = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      while (true) {
        Reply reply = Reply.read(replies, bytes -> memory().allocate(bytes));
        var waiting = awaited.getAndSet(null);
        if (waiting == null) throw new IOException("it spoke unasked: " + reply);
        waiting.reply().complete(reply);
      }
    } catch (EOFException _) {
      end = lastWords();
    } catch (IOException | IllegalStateException e) {
      // The second: whoever waited has given up, and has closed the memory for the reply.
      end = String.valueOf(e.getMessage());
    }
    ended = true;
    close();
    var waiting = awaited.getAndSet(null);
    if (waiting != null) waiting.reply().completeExceptionally(new EOFException(end));
  }

  private Reply.Memory memory() {
    var waiting = awaited.get();
    return waiting == null ? Replies.NO_MEMORY : waiting.memory();
  }

  /// How the process ended, with what it said at last.
  private String lastWords() {
    try {
      boolean exited = process.waitFor(EXIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!exited) return "it closed its output";
      return ("it ended with code " + process.exitValue() + " " + errors.await(EXIT)).strip();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "it ended";
    }
  }

  /// Kills the child.
  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// A reply that somebody waits for.
  private record Awaited(CompletableFuture<Reply> reply, Reply.Memory memory) {}
}
