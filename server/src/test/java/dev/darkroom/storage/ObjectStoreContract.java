package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ObjectStore] does; each implementation runs it.
abstract class ObjectStoreContract {

  private static final ObjectKey KEY = new ObjectKey("uploads/7/00012");

  /// As large as a part of a store that cuts streams into parts.
  static final int PART = 8 << 20;

  abstract ObjectStore store() throws IOException;

  @Test
  void givesBackWhatWasPut() throws IOException {
    byte[] bytes = random(700_000);
    try (var arena = Arena.ofConfined()) {
      var segment = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
      store().put(KEY, segment);
    }
    assertThat(store().length(KEY)).isEqualTo(bytes.length);
    assertThat(read(KEY, 0, Long.MAX_VALUE)).isEqualTo(bytes);
  }

  @Test
  void givesBackWhatWasStreamed() throws IOException {
    byte[] bytes = random(700_000);
    assertThat(store().put(KEY, new ByteArrayInputStream(bytes))).isEqualTo(bytes.length);
    assertThat(read(KEY, 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void givesARange() throws IOException {
    byte[] bytes = random(10_000);
    store().put(KEY, MemorySegment.ofArray(bytes));
    assertThat(read(KEY, 1_234, 4_000)).isEqualTo(Arrays.copyOfRange(bytes, 1_234, 5_234));
    assertThat(read(KEY, 9_990, 4_000)).isEqualTo(Arrays.copyOfRange(bytes, 9_990, 10_000));
  }

  @Test
  void givesNothingFromTheEndOn() throws IOException {
    store().put(KEY, MemorySegment.ofArray(random(1_000)));
    assertThat(read(KEY, 1_000, 1)).isEmpty();
    assertThat(read(KEY, 2_000, Long.MAX_VALUE)).isEmpty();
    assertThat(read(KEY, 10, 0)).isEmpty();
  }

  @Test
  void storesAnEmptyObject() throws IOException {
    store().put(KEY, MemorySegment.ofArray(new byte[0]));
    assertThat(store().length(KEY)).isZero();
    assertThat(read(KEY, 0, 100)).isEmpty();
    assertThat(store().put(KEY, InputStream.nullInputStream())).isZero();
    assertThat(store().length(KEY)).isZero();
    assertThat(read(KEY, 0, Long.MAX_VALUE)).isEmpty();
  }

  /// Stores cut a stream into parts: lengths around their borders.
  @ParameterizedTest
  @ValueSource(ints = {PART - 1, PART, PART + 1, 3 * PART, 2 * PART + 12_345})
  void streamsAnyLength(int length) throws IOException {
    byte[] bytes = random(length);
    assertThat(store().put(KEY, new ByteArrayInputStream(bytes))).isEqualTo(length);
    assertThat(store().length(KEY)).isEqualTo(length);
    assertThat(read(KEY, 0, Long.MAX_VALUE)).isEqualTo(bytes);
    int end = Math.min(length, PART + 100);
    assertThat(read(KEY, PART - 100, 200)).isEqualTo(Arrays.copyOfRange(bytes, PART - 100, end));
  }

  @Test
  void readsToTheEndWhatItHasBegunToReadThoughItIsReplacedOrDeleted() throws IOException {
    byte[] bytes = random(2 * PART);
    store().put(KEY, MemorySegment.ofArray(bytes));
    try (var begun = store().get(KEY, 0, Long.MAX_VALUE)) {
      assertThat(begun.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
      store().put(KEY, MemorySegment.ofArray(random(5_000)));
      store().delete(KEY);
      assertThat(begun.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 10, bytes.length));
    }
  }

  @Test
  void letsAReaderStopAnywhere() throws IOException {
    store().put(KEY, MemorySegment.ofArray(random(2 * PART)));
    for (int n = 0; n < 300; n++) {
      try (var begun = store().get(KEY, n, Long.MAX_VALUE)) {
        assertThat(begun.read()).isNotNegative();
      }
    }
    assertThat(read(KEY, 0, Long.MAX_VALUE)).hasSize(2 * PART);
  }

  @Test
  void skips() throws IOException {
    byte[] bytes = random(10_000);
    store().put(KEY, MemorySegment.ofArray(bytes));
    try (var stream = store().get(KEY, 100, 5_000)) {
      stream.skipNBytes(4_000);
      assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 4_100, 5_100));
    }
  }

  @Test
  void replacesAnObject() throws IOException {
    store().put(KEY, MemorySegment.ofArray(random(10_000)));
    store().put(KEY, MemorySegment.ofArray(new byte[] {1, 2}));
    assertThat(read(KEY, 0, 100)).containsExactly(1, 2);
  }

  @Test
  void keepsTheVariantsOfAKeyApart() throws IOException {
    store().put(KEY.variant("original"), MemorySegment.ofArray(new byte[] {1}));
    store().put(KEY.variant("thumbnail"), MemorySegment.ofArray(new byte[] {2}));
    assertThat(read(KEY.variant("original"), 0, 9)).containsExactly(1);
    assertThat(read(KEY.variant("thumbnail"), 0, 9)).containsExactly(2);
  }

  @Test
  void saysThatThereIsNoObject() throws IOException {
    var missing = new ObjectKey("uploads/7/none");
    assertThatThrownBy(() -> store().get(missing, 0, 1))
        .isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store().length(missing)).isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void deletesAnObjectAndTakesAMissingOneForDeleted() throws IOException {
    store().put(KEY, MemorySegment.ofArray(new byte[] {1}));
    store().delete(KEY);
    store().delete(KEY);
    assertThatThrownBy(() -> store().length(KEY)).isInstanceOf(ObjectNotFoundException.class);
  }

  /// Before the first part is full, and after two.
  @ParameterizedTest
  @ValueSource(ints = {0, 300_000, PART, 2 * PART + 300_000})
  void storesNothingWhenTheStreamFails(int length) throws IOException {
    var cause = new IOException("the source is gone");
    assertThatThrownBy(() -> store().put(KEY, failing(length, new BrokenInputStream(() -> cause))))
        .isSameAs(cause);
    assertThatThrownBy(() -> store().length(KEY)).isInstanceOf(ObjectNotFoundException.class);
    var bug = new IllegalStateException("the source is too slow");
    assertThatThrownBy(() -> store().put(KEY, failing(length, new BrokenInputStream(() -> bug))))
        .isSameAs(bug);
    assertThatThrownBy(() -> store().length(KEY)).isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void keepsWhatWasThereWhenTheStreamThatReplacesItFails() throws IOException {
    store().put(KEY, MemorySegment.ofArray(new byte[] {1, 2}));
    assertThatThrownBy(() -> store().put(KEY, failing(2 * PART, BrokenInputStream.INSTANCE)))
        .isInstanceOf(IOException.class);
    assertThat(read(KEY, 0, 100)).containsExactly(1, 2);
  }

  @Test
  void takesManyCallsAtOnce() {
    onManyThreads(n -> {
      var key = new ObjectKey("many/%05d".formatted(n));
      byte[] bytes = random(100_000 + n);
      store().put(key, MemorySegment.ofArray(bytes));
      assertThat(read(key, 50_000, Long.MAX_VALUE))
          .isEqualTo(Arrays.copyOfRange(bytes, 50_000, bytes.length));
      if (n % 2 == 0) store().delete(key);
    });
    onManyThreads(n -> {
      var key = new ObjectKey("many/%05d".formatted(n));
      if (n % 2 == 0) {
        assertThatThrownBy(() -> store().length(key)).isInstanceOf(ObjectNotFoundException.class);
      } else {
        assertThat(store().length(key)).isEqualTo(100_000 + n);
      }
    });
  }

  /// Whichever put is last wins, and none is mixed with another.
  @Test
  void takesManyPutsOfOneKeyAtOnce() throws IOException {
    onManyThreads(n -> {
      var bytes = new byte[200_000];
      Arrays.fill(bytes, (byte) n);
      store().put(KEY, MemorySegment.ofArray(bytes));
    });
    byte[] last = read(KEY, 0, Long.MAX_VALUE);
    assertThat(last).hasSize(200_000).containsOnly(last[0]);
  }

  /// A stop of the node interrupts what it does.
  @Test
  void stopsAtAnInterruptWhichStaysSet() throws IOException {
    store().put(KEY, MemorySegment.ofArray(random(1_000)));
    assertInterrupted(() -> store().put(KEY, MemorySegment.ofArray(new byte[] {1})));
    assertInterrupted(() -> store().put(KEY, new ByteArrayInputStream(random(2 * PART))));
    assertInterrupted(() -> {
      try (var stream = store().get(KEY, 0, 10)) {
        stream.readAllBytes();
      }
    });
    assertThat(store().length(KEY)).isEqualTo(1_000);
  }

  private static void assertInterrupted(ThrowingCallable call) {
    try {
      Thread.currentThread().interrupt();
      assertThatThrownBy(call)
          .isInstanceOfAny(ClosedByInterruptException.class, InterruptedIOException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      var _ = Thread.interrupted();
    }
  }

  @Test
  void knowsTheRoomThatIsLeft() throws IOException {
    assertThat(store().availableBytes()).isPositive();
  }

  private interface Work {
    void on(int n) throws IOException;
  }

  private static void onManyThreads(Work work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, 64)
              .mapToObj(n ->
                  CompletableFuture.runAsync(
                      () -> {
                        try {
                          work.on(n);
                        } catch (IOException failure) {
                          throw new AssertionError(failure);
                        }
                      },
                      threads))
              .toList();
      calls.forEach(CompletableFuture::join);
    }
  }

  private static InputStream failing(int length, InputStream broken) {
    return new SequenceInputStream(new ByteArrayInputStream(random(length)), broken);
  }

  private byte[] read(ObjectKey key, long offset, long length) throws IOException {
    try (var stream = store().get(key, offset, length)) {
      return stream.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
