package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.archive.ArchiveFailure.DirectoryTooLarge;
import dev.darkroom.archive.ArchiveFailure.NoImages;
import dev.darkroom.archive.ArchiveFailure.TooManyEntries;
import dev.darkroom.archive.ArchiveFailure.TooManyImages;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class CentralDirectoryTest {

  private static final ArchiveLimits LIMITS = ArchiveLimits.defaults();
  private static final byte[] STUB = "#!/bin/sh\nexec unzip $0\n".getBytes(StandardCharsets.UTF_8);

  static Stream<Arguments> wellFormed() {
    return Stream.of(
        arguments("plain", twoFiles()),
        arguments("with a comment", twoFiles().comment("hello")),
        arguments(
            "a comment that looks like an end", twoFiles().comment("PK\5\6" + "x".repeat(40))),
        arguments("the longest comment", twoFiles().comment("x".repeat(65_535))),
        arguments("padded with zeros", twoFiles().trailer(new byte[512])),
        arguments("behind a self-extractor", twoFiles().prefix(STUB)),
        arguments("behind a self-extractor that it counts", twoFiles().countedPrefix(STUB)),
        arguments("with ZIP64 records", twoFiles().zip64()),
        arguments("ZIP64 behind a self-extractor", twoFiles().zip64().prefix(STUB)),
        arguments("ZIP64 with a comment", twoFiles().zip64().comment("hello")),
        arguments("something between directory and end", twoFiles().betweenDirectoryAndEnd(STUB)),
        arguments(
            "64-bit sizes",
            TestZip.with(file("a.jpg", "aaaa").zip64(), file("b.jpg", "bb").zip64())),
        arguments(
            "data descriptors",
            TestZip.with(file("a.jpg", "aaaa").descriptor(), file("b.jpg", "bb").descriptor())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wellFormed")
  void findsTheEntriesOf(String name, TestZip zip) {
    SparseSource source = zip.source();
    List<ArchiveEntry> entries = CentralDirectory.read(source, LIMITS).entries();
    assertThat(entries).extracting(ArchiveEntry::name).containsExactly("a.jpg", "b.jpg");
    assertThat(entries).extracting(ArchiveEntry::size).containsExactly(4L, 2L);
    assertThat(entries).extracting(ArchiveEntry::ordinal).containsExactly(0, 1);
    assertThat(Entries.readAll(source, entries)).containsExactly("aaaa", "bb");
  }

  @Test
  void readsNothingOfADirectoryOverTheLimit() {
    byte[] name = "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
    SparseSource source =
        TestZip.with(file("a", "a").rawName(name), file("b", "b").rawName(name)).source();
    var limits = new ArchiveLimits(5, 1 << 30, 10, 100_000, 1 << 20, 1 << 20, 1 << 10, 1 << 10);
    assertThat(failureOf(source, limits)).isEqualTo(new DirectoryTooLarge(120_092, 100_000));
    assertThat(source.opened()).hasSize(1);
    assertThat(source.opened().getFirst().length()).isLessThan(70_000);
  }

  @Test
  void countsTheEntriesThatTheEndDoesNotAdmit() {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 11; i++) entries.add(file(i + ".jpg", "x"));
    var limits = new ArchiveLimits(5, 1 << 20, 10, 1 << 20, 1 << 20, 1 << 20, 1 << 10, 1 << 10);
    Failure failure = failureOf(TestZip.with(entries).claimEntries(1).source(), limits);
    assertThat(failure).isEqualTo(new TooManyEntries(11, 10));
    assertThat(failure.status()).isEqualTo(413);
    assertThat(failure.limit()).isEqualTo(10);
    assertThat(failure.actual()).isEqualTo(11);
  }

  @Test
  void keepsNoMoreOfALongNameThanItShows() {
    var entry = read(TestZip.with(file("x".repeat(60_000), "a")).source()).entries().getFirst();
    assertThat(entry.name()).hasSize(1_024);
    assertThat(JsonMapper.shared().writeValueAsString(entry)).hasSizeLessThan(2_000);
  }

  @Test
  void countsImagesAndTheirDuplicatesOnly() {
    var limits = new ArchiveLimits(2, 1 << 20, 10, 1 << 20, 1 << 20, 1 << 20, 1 << 10, 1 << 10);
    var directory =
        read(TestZip.with(file("a.jpg", "a"), file("a.jpg", "b"), file("a.txt", "c")).source());
    assertThatNoException().isThrownBy(() -> directory.requireImages(limits));
    var three = read(TestZip.with(file("a", "a"), file("a", "b"), file("a", "c")).source());
    assertThat(
            catchThrowableOfType(FailureException.class, () -> three.requireImages(limits))
                .failure())
        .isEqualTo(new TooManyImages(3, 2));
  }

  @Test
  void refusesAnArchiveWithoutImages() {
    for (var zip :
        List.of(TestZip.with(), TestZip.with(file("a.txt", "x"), TestEntry.folder("b")))) {
      var directory = read(zip.source());
      assertThat(
              catchThrowableOfType(FailureException.class, () -> directory.requireImages(LIMITS))
                  .failure())
          .isInstanceOf(NoImages.class);
    }
  }

  @Test
  void keepsTheBytesOfAnyNameAsText() {
    var names =
        List.of("../../etc/passwd.jpg", "/etc/passwd.jpg", "C:\\x.jpg", "", "a.jpg", "a.jpg");
    var zip = TestZip.with(names.stream().map(name -> file(name, "x")).toList());
    assertThat(read(zip.source()).entries()).extracting(ArchiveEntry::name).isEqualTo(names);
  }

  @Test
  void knowsWhereEachEntryMustHaveEnded() {
    SparseSource source = twoFiles().source();
    List<ArchiveEntry> entries = read(source).entries();
    assertThat(entries.get(0).limitOffset()).isEqualTo(entries.get(1).headerOffset());
    assertThat(entries.get(1).limitOffset()).isLessThan(source.length());
  }

  @Test
  void readsAnArchiveOverFourGigabytesWithZip64() {
    long gap = 5L << 30;
    SparseSource source =
        TestZip.with(file("a.jpg", "aaaa"), file("b.jpg", "bb").zip64().after(gap))
            .zip64()
            .source();
    List<ArchiveEntry> entries = read(source).entries();
    assertThat(entries.get(1).headerOffset()).isGreaterThan(gap);
    assertThat(Entries.readAll(source, entries)).containsExactly("aaaa", "bb");
  }

  @Test
  void recoversOffsetsThatMacOsWroteInThirtyTwoBits() {
    long gap = (3L << 30) + 7;
    SparseSource source =
        TestZip.with(
                file("a.jpg", "aaaa"),
                file("b.jpg", "bb").after(gap),
                file("c.jpg", "cccccc").after(gap),
                file("d.jpg", "d").after(gap))
            .source();
    List<ArchiveEntry> entries = read(source).entries();
    assertThat(entries.getLast().headerOffset()).isGreaterThan(9L << 30);
    assertThat(Entries.readAll(source, entries)).containsExactly("aaaa", "bb", "cccccc", "d");
  }

  @Test
  void readsWhatTheJdkWrites() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("é.jpg"));
      zip.write("pixels".getBytes(StandardCharsets.UTF_8));
    }
    SparseSource source = TestZip.sourceOf(bytes.toByteArray());
    List<ArchiveEntry> entries = read(source).entries();
    assertThat(entries.getFirst().name()).isEqualTo("é.jpg");
    assertThat(Entries.readAll(source, entries)).containsExactly("pixels");
  }

  @Test
  void readsWhatCommonsCompressWritesInZip64() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseZip64(Zip64Mode.Always);
      var link = new ZipArchiveEntry("link.jpg");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write("a.jpg".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
      zip.putArchiveEntry(new ZipArchiveEntry("a.jpg"));
      zip.write("pixels".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    SparseSource source = TestZip.sourceOf(bytes.toByteArray());
    List<ArchiveEntry> entries = read(source).entries();
    assertThat(entries)
        .extracting(ArchiveEntry::kind)
        .containsExactly(EntryKind.SYMBOLIC_LINK, EntryKind.IMAGE);
    assertThat(Entries.readAll(source, entries)).containsExactly("a.jpg", "pixels");
  }

  @Test
  void survivesBeingKeptAsJson() {
    var mapper = JsonMapper.builder().build();
    var entry = read(TestZip.with(file("é.jpg", "x")).source()).entries().getFirst();
    String json = mapper.writeValueAsString(entry);
    assertThat(mapper.readValue(json, ArchiveEntry.class)).isEqualTo(entry);
  }

  private static CentralDirectory read(RangeSource source) {
    return CentralDirectory.read(source, LIMITS);
  }

  private static Failure failureOf(RangeSource source, ArchiveLimits limits) {
    return catchThrowableOfType(FailureException.class, () -> CentralDirectory.read(source, limits))
        .failure();
  }

  private static TestZip twoFiles() {
    return TestZip.with(file("a.jpg", "aaaa"), file("b.jpg", "bb"));
  }
}
