package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.archive.EntryHead.Begun;
import dev.darkroom.archive.EntryHead.Unread;
import dev.darkroom.archive.EntryHead.Unreadable;
import dev.darkroom.archive.EntryHeads.Reach;
import dev.darkroom.failure.FailureException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryHeadsTest {

  private static final ArchiveLimits LIMITS = ArchiveLimits.defaults();
  private static final byte[] LARGE = noise(400_000);
  private static final byte[] SMALL = noise(100_000);

  @Test
  void giveTheFirstBytesOfALargeEntryAndAllOfASmallOne() {
    for (boolean stored : new boolean[] {true, false}) {
      var source = TestZip.with(entry("a", LARGE, stored), entry("b", SMALL, stored)).source();
      List<EntryHead> heads = read(source, Reach.FIRST);
      assertBegins((Begun) heads.get(0), LARGE, 32_000, 33_000);
      assertThat(((Begun) heads.get(0)).whole()).isFalse();
      assertBegins((Begun) heads.get(1), SMALL, SMALL.length, SMALL.length);
      assertThat(((Begun) heads.get(1)).whole()).isTrue();
      assertBegins((Begun) read(source, Reach.FURTHEST).get(0), LARGE, 220_000, 230_000);
    }
  }

  @Test
  void inflateNoFurtherThanTheyMay() {
    var source = TestZip.with(file("a", new byte[50 << 20])).source();
    var head = (Begun) read(source, Reach.FIRST).getFirst();
    assertThat(head.bytes().byteSize()).isEqualTo(EntryHeads.MAX_BYTES);
    assertThat(head.whole()).isFalse();
  }

  /// What is read of such an entry is all of it, or what is wrong with it stands at its front.
  @ParameterizedTest
  @MethodSource("dev.darkroom.archive.ArchiveRunsTest#hostile")
  void agreeWithTheWholeEntry(TestEntry hostile) {
    assertAgree(TestZip.with(file("before", "b"), hostile, file("after", "after")).source());
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.archive.ArchiveRunsTest#readable")
  void areReadable(String name, TestEntry readable) {
    assertAgree(TestZip.with(readable, file("next", "next")).source());
  }

  @Test
  void agreeWithTheWholeEntryWhateverIsDamaged() {
    byte[] archive =
        TestZip.with(
                file("a.jpg", SMALL).stored(),
                file("b.jpg", new byte[9_000]),
                file("c.jpg", SMALL).descriptor(),
                file("d.jpg", "dddd").zip64())
            .bytes();
    var random = new Random(42);
    int directory = archive.length - 300;
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = archive.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at = random.nextBoolean() ? random.nextInt(directory) : nearAHeader(random);
        damaged[at] = (byte) random.nextInt(256);
      }
      assertAgree(TestZip.sourceOf(damaged));
    }
  }

  private static int nearAHeader(Random random) {
    int[] headers = {0, SMALL.length + 35, SMALL.length + 35 + 40};
    return headers[random.nextInt(headers.length)] + random.nextInt(35);
  }

  @Test
  void tellNothingOfALargeEntryWhoseHeaderIsLongerThanTheirReach() {
    var entry = file("a", LARGE).stored().localExtra(0x5455, new byte[40_000]);
    var source = TestZip.with(entry).source();
    assertThat(read(source, Reach.FIRST).getFirst()).isInstanceOf(Unread.class);
    assertThat(read(source, Reach.FURTHEST).getFirst()).isInstanceOf(Begun.class);
  }

  @Test
  void ofNeighboursAreReadTogether() {
    var small = IntStream.range(0, 50).mapToObj(n -> file(n + ".jpg", "x".repeat(500)).stored());
    var source = TestZip.with(small.toList()).source();
    var entries = CentralDirectory.read(source, LIMITS).entries();
    int before = source.opened().size();
    new EntryHeads(source, LIMITS).read(entries, Reach.FIRST, _ -> {});
    assertThat(source.opened()).hasSize(before + 1);
  }

  @Test
  void costNoMoreThanTheirReachForEachEntryWhateverItsSize() {
    var random = new Random(1);
    List<TestEntry> entries = new ArrayList<>();
    long[] sizes = LongStream.range(0, 300).map(_ -> 1L << random.nextInt(23)).toArray();
    for (long size : sizes) {
      entries.add(file("x", "x").stored().after(0).compressedSize(size).size(size));
      entries.add(file("y", "y").after(size));
    }
    var source = TestZip.with(entries).source();
    var wanted = CentralDirectory.read(source, LIMITS).entries();
    int before = source.opened().size();
    for (Reach reach : Reach.values()) {
      var large =
          reach == Reach.FIRST ? wanted : wanted.stream().filter(e -> e.size() > 300_000).toList();
      new EntryHeads(source, LIMITS).read(large, reach, _ -> {});
    }
    long read = source.opened().stream().skip(before).mapToLong(SparseSource.Opened::length).sum();
    assertThat(read).isLessThanOrEqualTo((long) wanted.size() * EntryHeads.MAX_BYTES);
  }

  private static TestEntry entry(String name, byte[] content, boolean stored) {
    return stored ? file(name, content).stored() : file(name, content);
  }

  private static void assertBegins(Begun head, byte[] content, int least, int most) {
    byte[] bytes = head.bytes().toArray(ValueLayout.JAVA_BYTE);
    assertThat(bytes.length).isBetween(least, most);
    assertThat(bytes).isEqualTo(Arrays.copyOf(content, bytes.length));
  }

  private static void assertAgree(SparseSource source) {
    List<ArchiveEntry> entries;
    try {
      entries = CentralDirectory.read(source, LIMITS).entries();
    } catch (FailureException _) {
      return;
    }
    List<EntryContent> contents = new ArrayList<>();
    new ArchiveRuns(source, LIMITS).read(entries, Entries.unboundedArenas(), contents::add);
    for (EntryHead head : read(source, Reach.FURTHEST)) {
      var content =
          contents.stream().filter(c -> c.entry().equals(head.entry())).findAny().orElseThrow();
      switch (head) {
        case Unread _ -> throw new AssertionError(head);
        case Unreadable(var entry, var failure) ->
            assertThat(content).isEqualTo(new EntryContent.Unreadable(entry, failure));
        case Begun(_, var bytes, boolean whole) -> {
          if (whole) {
            assertThat(content).isInstanceOf(EntryContent.Read.class);
            assertThat(((EntryContent.Read) content).bytes().mismatch(bytes)).isEqualTo(-1);
          }
        }
      }
    }
  }

  private static List<EntryHead> read(RangeSource source, Reach reach) {
    List<EntryHead> heads = new ArrayList<>();
    new EntryHeads(source, LIMITS)
        .read(CentralDirectory.read(source, LIMITS).entries(), reach, heads::add);
    return heads;
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(42).nextBytes(noise);
    return noise;
  }
}
