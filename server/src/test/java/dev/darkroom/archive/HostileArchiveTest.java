package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.bomb;
import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.archive.ArchiveFailure.InflatesTooFar;
import dev.darkroom.archive.ArchiveFailure.MultiDisk;
import dev.darkroom.archive.ArchiveFailure.NotReadable;
import dev.darkroom.archive.ArchiveFailure.OverlappingEntries;
import dev.darkroom.archive.ArchiveFailure.TooManyEntries;
import dev.darkroom.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives that are refused as a whole, each with the failure that says why.
class HostileArchiveTest {

  private static final ArchiveLimits LIMITS = ArchiveLimits.defaults();

  static Stream<Arguments> hostile() {
    TestEntry image = file("a.jpg", "aaaa");
    return Stream.of(
        arguments("no ZIP", sourceOf("hello, world"), NotReadable.class),
        arguments("nothing", sourceOf(""), NotReadable.class),
        arguments("the end alone, cut", sourceOf("PK\5\6"), NotReadable.class),
        arguments("cut short", TestZip.sourceOf(twoFiles().truncatedTo(60)), NotReadable.class),
        arguments(
            "front cut off", TestZip.sourceOf(tail(twoFiles().bytes(), 90)), NotReadable.class),
        arguments("a later part", twoFiles().disk(1).source(), MultiDisk.class),
        arguments("ZIP64 in parts", twoFiles().zip64Disks(2).source(), MultiDisk.class),
        arguments(
            "an entry on another disk",
            TestZip.with(file("a.jpg", "a").disk(3)).source(),
            MultiDisk.class),
        arguments("claims more entries", twoFiles().claimEntries(3).source(), NotReadable.class),
        arguments("claims fewer entries", twoFiles().claimEntries(1).source(), NotReadable.class),
        arguments(
            "claims a longer directory",
            twoFiles().claimDirectorySize(5_000).source(),
            NotReadable.class),
        arguments(
            "claims a shorter directory",
            twoFiles().claimDirectorySize(60).source(),
            NotReadable.class),
        arguments(
            "a negative directory",
            twoFiles().zip64().claimDirectorySize(-1).source(),
            NotReadable.class),
        arguments(
            "a negative count", twoFiles().zip64().claimEntries(-1).source(), NotReadable.class),
        arguments(
            "directory of noise",
            twoFiles().damagedDirectory(bytes -> new byte[bytes.length]).source(),
            NotReadable.class),
        arguments(
            "a negative size",
            TestZip.with(file("a.jpg", "a").zip64().size(-5)).source(),
            NotReadable.class),
        arguments(
            "an entry behind the end",
            TestZip.with(file("a.jpg", "a").offset(1 << 30)).source(),
            NotReadable.class),
        arguments(
            "an entry far behind the end",
            TestZip.with(file("a.jpg", "a").zip64().offset(Long.MAX_VALUE - 3)).source(),
            NotReadable.class),
        arguments(
            "data past the directory",
            TestZip.with(file("a.jpg", "a").compressedSize(4_000)).source(),
            NotReadable.class),
        arguments(
            "two entries in one place",
            TestZip.with(image, file("b.jpg", "bb").offset(0)).source(),
            OverlappingEntries.class),
        arguments(
            "data that covers the next",
            TestZip.with(file("a.jpg", "aaaa").compressedSize(20), file("b.jpg", "bb")).source(),
            OverlappingEntries.class),
        arguments(
            "overlap by one byte",
            TestZip.with(file("a.jpg", "aaaa").stored().compressedSize(5), file("b.jpg", "bb"))
                .source(),
            OverlappingEntries.class),
        arguments("a bomb of shared bytes", sharedBytes(), OverlappingEntries.class),
        arguments(
            "20 001 entries claimed",
            twoFiles().zip64().claimEntries(20_001).source(),
            TooManyEntries.class),
        arguments("more than 50 GB inflated", inflatingTo(60L << 30), InflatesTooFar.class),
        arguments("a sum that overflows", inflatingTo(Long.MAX_VALUE / 4), InflatesTooFar.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refuses(String name, RangeSource source, Class<? extends ArchiveFailure> expected) {
    assertThat(
            catchThrowableOfType(
                    FailureException.class, () -> CentralDirectory.read(source, LIMITS))
                .failure())
        .isInstanceOf(expected);
  }

  private static SparseSource sourceOf(String text) {
    return TestZip.sourceOf(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  /// Many entries, each of which claims all the data up to the kernel at the end.
  private static SparseSource sharedBytes() {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      entries.add(bomb(i + ".png", 1 << 10).compressedSize(2_000 - i * 30L));
    }
    entries.add(bomb("kernel.png", 1 << 20));
    return TestZip.with(entries).source();
  }

  private static SparseSource inflatingTo(long bytes) {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 6; i++) entries.add(file(i + ".jpg", "x").zip64().size(bytes / 6 + 1));
    return TestZip.with(entries).source();
  }

  private static TestZip twoFiles() {
    return TestZip.with(file("a.jpg", "aaaa"), file("b.jpg", "bb"));
  }
}
