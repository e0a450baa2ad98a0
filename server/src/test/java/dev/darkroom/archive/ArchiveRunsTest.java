package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.bomb;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.archive.EntryContent.Read;
import dev.darkroom.archive.EntryContent.Unreadable;
import dev.darkroom.archive.EntryFailure.BadChecksum;
import dev.darkroom.archive.EntryFailure.Corrupt;
import dev.darkroom.archive.EntryFailure.Empty;
import dev.darkroom.archive.EntryFailure.Encrypted;
import dev.darkroom.archive.EntryFailure.InflatesPastDeclared;
import dev.darkroom.archive.EntryFailure.LocalHeaderDisagrees;
import dev.darkroom.archive.EntryFailure.MethodNotSupported;
import dev.darkroom.archive.EntryFailure.TooLarge;
import dev.darkroom.archive.EntryFailure.Truncated;
import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.failure.FailureException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveRunsTest {

  private static final ArchiveLimits LIMITS = ArchiveLimits.defaults();
  private static final byte[] NOISE = noise(300_000);

  static Stream<Arguments> readable() {
    return Stream.of(
        arguments("deflated", file("a", NOISE)),
        arguments("stored", file("a", NOISE).stored()),
        arguments("deflated with a descriptor", file("a", NOISE).descriptor()),
        arguments("stored with a descriptor", file("a", NOISE).stored().descriptor()),
        arguments("64-bit descriptor", file("a", NOISE).zip64().descriptor()),
        arguments("64-bit sizes", file("a", NOISE).zip64()),
        arguments(
            "an extra field in the local header only",
            file("a", NOISE).localExtra(0x5455, new byte[60_000])),
        arguments(
            "the descriptor's bit in the local header only",
            file("a", NOISE).localFlag(8).localSize(0)),
        arguments("an unsafe name", file("../../a", NOISE)),
        arguments("highly compressed, honestly", bomb("a", NOISE.length)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void reads(String name, TestEntry entry) {
    SparseSource source = TestZip.with(entry, file("next", "next")).source();
    List<EntryContent> contents = read(source, LIMITS);
    assertThat(contents.getFirst()).isInstanceOf(Read.class);
    try (Read first = (Read) contents.getFirst()) {
      assertThat(first.bytes().isNative()).isTrue();
      assertThat(first.bytes().byteSize()).isEqualTo(NOISE.length);
    }
    assertThat(Entries.text(contents.getLast())).isEqualTo("next");
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        arguments(file("a", NOISE).size(NOISE.length - 1), InflatesPastDeclared.class, 413),
        arguments(file("a", NOISE).size(0), InflatesPastDeclared.class, 413),
        arguments(bomb("a", 50 << 20).size(1_000), InflatesPastDeclared.class, 413),
        arguments(
            file("a", NOISE).stored().size(NOISE.length - 1), InflatesPastDeclared.class, 413),
        arguments(bomb("a", 1).size(LIMITS.maxEntryBytes() + 1L), TooLarge.class, 413),
        arguments(file("a.txt", new byte[LIMITS.maxCaptionBytes() + 1]), TooLarge.class, 413),
        arguments(file("a", NOISE).encrypted(), Encrypted.class, 415),
        arguments(file("a", NOISE).method(9), MethodNotSupported.class, 415),
        arguments(file("a", NOISE).method(99), MethodNotSupported.class, 415),
        arguments(file("a", new byte[0]), Empty.class, 422),
        arguments(file("a", new byte[0]).stored(), Empty.class, 422),
        arguments(file("a", NOISE).size(NOISE.length + 1), Truncated.class, 422),
        arguments(file("a", NOISE).stored().size(NOISE.length + 1), Truncated.class, 422),
        arguments(file("a", NOISE).compressedSize(100_000), Truncated.class, 422),
        arguments(file("a", NOISE).compressedSize(0), Truncated.class, 422),
        arguments(file("a", NOISE).damaged(ArchiveRunsTest::invalidBlock), Corrupt.class, 422),
        arguments(
            file("a", NOISE).stored().damaged(ArchiveRunsTest::flippedBit), BadChecksum.class, 422),
        arguments(file("a", NOISE).crc32(1), BadChecksum.class, 422),
        arguments(file("a", NOISE).descriptor().crc32(1), BadChecksum.class, 422),
        arguments(file("a", NOISE).localMethod(0), LocalHeaderDisagrees.class, 422),
        arguments(file("a", NOISE).localName("b"), LocalHeaderDisagrees.class, 422),
        arguments(file("a", NOISE).localName("longer"), LocalHeaderDisagrees.class, 422),
        arguments(file("a", NOISE).localSize(7), LocalHeaderDisagrees.class, 422),
        arguments(file("a", NOISE).localFlag(1), LocalHeaderDisagrees.class, 422),
        arguments(file("a", NOISE).localSignature(0x08074b50), LocalHeaderDisagrees.class, 422));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("hostile")
  void reportsOneBadEntryAndReadsTheOthers(
      TestEntry entry, Class<? extends EntryFailure> expected, int status) {
    SparseSource source =
        TestZip.with(file("before", "before"), entry, file("after", "after")).source();
    var arenas = new CountedArenas();
    List<EntryContent> contents = new ArrayList<>();
    new ArchiveRuns(source, LIMITS)
        .read(CentralDirectory.read(source, LIMITS).entries(), arenas, contents::add);
    EntryFailure failure = ((Unreadable) contents.get(1)).failure();
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(arenas.open.get()).as("memory that is still out").isEqualTo(2);
    assertThat(Entries.text(contents.get(0))).isEqualTo("before");
    assertThat(Entries.text(contents.get(2))).isEqualTo("after");
  }

  @Test
  void failsAnEntryWhoseExtraFieldPushesItsDataIntoTheNext() {
    // The directory cannot tell: with the 40 bytes of the extra field the data would end behind the
    // next header, although without them it does not.
    SparseSource honest = TestZip.with(file("a", "x").stored(), file("b", "y").stored()).source();
    ArchiveEntry first = CentralDirectory.read(honest, LIMITS).entries().getFirst();
    TestEntry pushed = file("a", "x".repeat(30)).stored().localExtra(0x5455, new byte[40]);
    SparseSource source = TestZip.with(pushed.compressedSize(60).size(60), file("b", "y")).source();
    assertThat(first.limitOffset()).isEqualTo(first.headerOffset() + 32);
    assertThat(Entries.readAll(source, CentralDirectory.read(source, LIMITS).entries()))
        .containsExactly("entry.local-header-disagrees", "y");
  }

  @Test
  void asksForNoMoreMemoryThanDeclaredAndForNoneBeyondTheLimit() {
    SparseSource source =
        TestZip.with(bomb("bomb", 50 << 20).size(1_000), file("huge", "x").size(1L << 40).zip64())
            .source();
    var limits = new ArchiveLimits(9, 1 << 30, 9, 1 << 20, 1 << 20, 1L << 50, 1 << 10, 1 << 10);
    List<Long> asked = new ArrayList<>();
    new ArchiveRuns(source, limits)
        .read(
            CentralDirectory.read(source, limits).entries(),
            bytes -> {
              asked.add(bytes);
              return Entries.unboundedArenas().open(bytes);
            },
            content -> assertThat(content).isInstanceOf(Unreadable.class));
    assertThat(asked).containsExactly(1_000L);
  }

  @Test
  void joinsNeighboursIntoOneReadAndLeavesDistantOnesApart() {
    SparseSource source =
        TestZip.with(
                file("a", "a"),
                file("b", "b").after(200_000),
                file("c", "c").after(400_000),
                file("d", "d"))
            .source();
    List<ArchiveEntry> entries = CentralDirectory.read(source, LIMITS).entries();
    int before = source.opened().size();
    assertThat(Entries.readAll(source, entries.reversed())).containsExactly("a", "b", "c", "d");
    assertThat(source.opened().subList(before, source.opened().size())).hasSize(2);
  }

  @Test
  void readsOnlyWhatIsWanted() {
    List<TestEntry> files = new ArrayList<>();
    for (int i = 0; i < 40; i++) files.add(file("f" + i, noise(20_000)).stored());
    SparseSource source = TestZip.with(files).source();
    List<ArchiveEntry> entries = CentralDirectory.read(source, LIMITS).entries();
    int before = source.opened().size();
    Entries.readAll(source, List.of(entries.get(3), entries.get(38)));
    assertThat(source.opened().subList(before, source.opened().size()))
        .hasSize(2)
        .allSatisfy(read -> assertThat(read.length()).isLessThan(21_000));
  }

  @Test
  void givesTheRightBytesWhateverTheOrder() {
    List<TestEntry> files = new ArrayList<>();
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      TestEntry entry = file("f" + i, i + ":" + "x".repeat(random.nextInt(5_000)));
      if (random.nextBoolean()) entry.stored();
      if (random.nextBoolean()) entry.descriptor();
      files.add(entry.after(random.nextInt(3_000)));
    }
    SparseSource source = TestZip.with(files).source();
    List<ArchiveEntry> shuffled = new ArrayList<>(CentralDirectory.read(source, LIMITS).entries());
    Collections.shuffle(shuffled, random);
    List<String> texts = Entries.readAll(source, shuffled);
    assertThat(texts).hasSize(200);
    for (int i = 0; i < 200; i++) assertThat(texts.get(i)).startsWith(i + ":");
  }

  @Test
  void endsWithTheSourcesOwnFailure() {
    byte[] bytes = TestZip.with(file("a", NOISE)).bytes();
    SparseSource source = TestZip.sourceOf(bytes);
    List<ArchiveEntry> entries = CentralDirectory.read(source, LIMITS).entries();
    RangeSource broken =
        new RangeSource() {
          @Override
          public long length() {
            return bytes.length;
          }

          @Override
          public InputStream open(long offset, long length) {
            return source.open(offset, length / 2);
          }
        };
    var arenas = new CountedArenas();
    assertThatThrownBy(() -> new ArchiveRuns(broken, LIMITS).read(entries, arenas, _ -> {}))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(ConnectionLost.class));
    assertThat(arenas.open.get()).isZero();
  }

  private static List<EntryContent> read(RangeSource source, ArchiveLimits limits) {
    List<EntryContent> contents = new ArrayList<>();
    new ArchiveRuns(source, limits)
        .read(
            CentralDirectory.read(source, limits).entries(),
            Entries.unboundedArenas(),
            contents::add);
    return contents;
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] invalidBlock(byte[] deflated) {
    Arrays.fill(deflated, 100, deflated.length, (byte) 0xFF);
    deflated[0] = 7; // the last block, of the type that does not exist
    return deflated;
  }

  private static byte[] flippedBit(byte[] bytes) {
    bytes[1_000] ^= 4;
    return bytes;
  }

  /// Knows how many arenas are open.
  private static final class CountedArenas implements EntryArenas {
    final AtomicInteger open = new AtomicInteger();

    @Override
    public Arena open(long bytes) {
      Arena memory = Entries.unboundedArenas().open(bytes);
      open.incrementAndGet();
      return new Arena() {
        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
          return memory.allocate(byteSize, byteAlignment);
        }

        @Override
        public MemorySegment.Scope scope() {
          return memory.scope();
        }

        @Override
        public void close() {
          memory.close();
          open.decrementAndGet();
        }
      };
    }
  }
}
