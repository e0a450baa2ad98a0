package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.Test;

/// What every [ObjectStore] does; each implementation runs it.
abstract class ObjectStoreContract {

  private static final ObjectKey KEY = new ObjectKey("uploads/7/00012");

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
  void storesAnEmptyObject() throws IOException {
    store().put(KEY, MemorySegment.ofArray(new byte[0]));
    assertThat(store().length(KEY)).isZero();
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

  @Test
  void storesNothingWhenTheStreamFails() throws IOException {
    var failing =
        new SequenceInputStream(
            new ByteArrayInputStream(random(300_000)), BrokenInputStream.INSTANCE);
    assertThatThrownBy(() -> store().put(KEY, failing)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store().length(KEY)).isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void takesManyPutsAtOnce() {
    var puts =
        IntStream.range(0, 64)
            .mapToObj(n ->
                CompletableFuture.runAsync(() -> {
                  try {
                    store()
                        .put(
                            new ObjectKey("many/%05d".formatted(n)),
                            MemorySegment.ofArray(new byte[] {(byte) n}));
                  } catch (IOException failure) {
                    throw new AssertionError(failure);
                  }
                }))
            .toList();
    puts.forEach(CompletableFuture::join);
    assertThat(IntStream.range(0, 64))
        .allSatisfy(n ->
            assertThat(read(new ObjectKey("many/%05d".formatted(n)), 0, 9)).containsExactly(n));
  }

  @Test
  void knowsTheRoomThatIsLeft() throws IOException {
    assertThat(store().availableBytes()).isPositive();
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
