package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.archive.ArchiveScanTest.Found.Inflated;
import dev.darkroom.archive.ArchiveScanTest.Found.Refused;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is found out about entries while an archive passes by, against what reading them tells.
class ArchiveScanTest {

  private static final byte[] LARGE = noise(400_000);
  private static final byte[] SMALL = noise(100_000);

  /// Little enough for its end to be less than all of it.
  private static final ArchiveLimits LIMITS =
      new ArchiveLimits(100, 1 << 30, 100, 2_000, 1 << 20, 1 << 30, 1_000, 3_000);

  sealed interface Found {
    record Inflated(MemorySegment bytes, boolean whole) implements Found {}

    record Refused(EntryFailure failure) implements Found {}
  }

  @Test
  void seesTheBeginningOfEveryEntryOfAnHonestArchive() {
    var zip =
        TestZip.with(
                file("a", LARGE),
                file("b", LARGE).stored(),
                file("c", SMALL).descriptor(),
                file("d", SMALL).stored().zip64(),
                file("e", SMALL).zip64().descriptor(),
                file("inner.zip", TestZip.with(file("x", SMALL)).bytes()).stored(),
                file("f", SMALL))
            .prefix(new byte[300_000]);
    try (var archive = scan(zip.source())) {
      for (ArchiveEntry entry : CentralDirectory.read(archive, LIMITS).entries()) {
        var found = (Inflated) archive.verdict(entry, Refused::new).orElseThrow();
        assertThat(found.whole()).as(entry.name()).isEqualTo(entry.size() < 256 << 10);
        byte[] content = entry.size() == LARGE.length ? LARGE : SMALL;
        if (entry.kind() == EntryKind.IMAGE) {
          var begun = MemorySegment.ofArray(content).asSlice(0, found.bytes().byteSize());
          assertThat(found.bytes().mismatch(begun)).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void keepsTextsWithinTheirLimitAndTheEnd() throws IOException {
    var zip =
        TestZip.with(
            file("a.txt", "a barn").stored(),
            file("b.csv", "x".repeat(2_500)).stored(),
            file("c.txt", "y".repeat(900)).stored(),
            file("d.txt", "a mill").descriptor(),
            file("e", LARGE).stored(),
            file("f.txt", "a pond"));
    try (var archive = scan(zip.source())) {
      var entries = CentralDirectory.read(archive, LIMITS).entries();
      assertThat(entries.stream().map(archive::holds))
          .containsExactly(true, true, false, true, false, true);
      List<ArchiveEntry> kept = entries.stream().filter(archive::holds).toList();
      assertThat(Entries.readAll(archive, kept))
          .containsExactly("a barn", "x".repeat(2_500), "a mill", "a pond");
      try (var gap = archive.open(entries.get(4).headerOffset(), 100)) {
        assertThat(gap.readAllBytes()).isEqualTo(new byte[100]);
      }
    }
  }

  @Test
  void saysNothingOfWhatLiesBehindAHeaderThatLiesAboutItsLength() {
    byte[] bytes = TestZip.with(file("a", "aaaa").stored(), file("b", "bbbb").stored()).bytes();
    // The compressed size in the first local header: the second lies within.
    bytes[18] = 50;
    try (var archive = scan(TestZip.sourceOf(bytes))) {
      var entries = CentralDirectory.read(archive, LIMITS).entries();
      assertThat(archive.verdict(entries.get(0), Refused::new).orElseThrow())
          .isEqualTo(new Refused(new EntryFailure.LocalHeaderDisagrees("size")));
      assertThat(archive.verdict(entries.get(1), Refused::new)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.archive.ArchiveRunsTest#hostile")
  void neverContradictsTheWholeEntry(TestEntry hostile) {
    assertAgrees(TestZip.with(file("before", "b"), hostile, file("after", "after")).source());
  }

  @Test
  void neverContradictsTheWholeEntryWhateverIsDamaged() {
    byte[] archive =
        TestZip.with(
                file("a.jpg", Arrays.copyOf(SMALL, 2_000)).stored(),
                file("b.jpg", new byte[9_000]),
                file("c.jpg", Arrays.copyOf(SMALL, 2_000)).descriptor(),
                file("d.jpg", "dddd").zip64())
            .bytes();
    var random = new Random(42);
    for (int round = 0; round < 3_000; round++) {
      byte[] damaged = archive.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertAgrees(TestZip.sourceOf(damaged));
    }
  }

  private static void assertAgrees(SparseSource source) {
    var limits = ArchiveLimits.defaults();
    List<ArchiveEntry> entries;
    try {
      entries = CentralDirectory.read(source, limits).entries();
    } catch (FailureException _) {
      return;
    }
    List<EntryContent> contents = new ArrayList<>();
    new ArchiveRuns(source, limits).read(entries, Entries.unboundedArenas(), contents::add);
    try (var archive = scan(source, limits)) {
      assertThat(CentralDirectory.read(archive, limits).entries()).isEqualTo(entries);
      for (EntryContent content : contents) {
        assertAgrees(content, archive.verdict(content.entry(), Refused::new));
      }
    }
  }

  private static void assertAgrees(EntryContent content, Optional<Found> verdict) {
    switch (verdict.orElse(null)) {
      case Refused(var failure) ->
          assertThat(content).isEqualTo(new EntryContent.Unreadable(content.entry(), failure));
      case Inflated(var bytes, boolean whole) -> {
        if (whole) {
          assertThat(content).isInstanceOf(EntryContent.Read.class);
          assertThat(((EntryContent.Read) content).bytes().mismatch(bytes)).isEqualTo(-1);
        }
      }
      case null -> {}
    }
  }

  private static StreamedArchive<Found> scan(SparseSource source) {
    return scan(source, LIMITS);
  }

  @SuppressWarnings("MustBeClosedChecker") // What is kept of the archive closes it.
  private static StreamedArchive<Found> scan(SparseSource source, ArchiveLimits limits) {
    var arena = Arena.ofShared();
    long end = Math.clamp(source.length(), 1, limits.maxDirectoryBytes() + 4_000L);
    var tail = new ArchiveTail(arena, end);
    try (var bytes = source.open(0, source.length())) {
      var scan = new ArchiveScan<Found>(bytes, tail, limits, Inflated::new, _ -> {});
      scan.run();
      return scan.kept(arena);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(42).nextBytes(noise);
    return noise;
  }
}
