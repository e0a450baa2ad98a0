package dev.darkroom.preflight;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.decoding.CrashingDecoder;
import dev.darkroom.image.TestImages;
import dev.darkroom.image.TestPng;
import dev.darkroom.samples.SampleImages;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What a preflight says of an archive, with ranges and without, against what the upload makes of
/// it: over the archives of all tests that are about what is wrong with one.
class PreflightVerdictTest {

  /// What only decoding tells.
  private static final Set<String> OF_THE_DECODER = Set.of("image.decoder-failed");

  /// What only the rest of a large entry tells, and what then is the reason to show.
  private static final Set<String> OF_THE_REST =
      Set.of("entry.bad-checksum", "entry.truncated", "entry.inflates-past-declared");

  private static TestServer server;
  private static UploadClient uploads;
  private static PreflightClient preflights;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.max-pixels", "2000000",
                "darkroom.limits.max-entry-bytes", "1000000",
                "darkroom.limits.max-caption-bytes", "1000",
                "darkroom.limits.max-metadata-bytes", "20000",
                "darkroom.limits.max-images", "200",
                "darkroom.limits.max-entries", "210",
                "darkroom.limits.max-directory-bytes", "100000",
                "darkroom.limits.max-inflated-bytes", "10000000"),
            CrashingDecoder.Configuration.class);
    uploads = new UploadClient(server);
    preflights = new PreflightClient(uploads.api());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.bulkupload.FailedImagesTest#badImages")
  void isThatOfBadImages(TestEntry bad) {
    compare("fibo", Map.of(), TestZip.with(bad, file("good.jpg", good())).source());
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.bulkupload.FailedImagesTest#badCaptions")
  void isThatOfBadCaptions(TestEntry text) {
    for (boolean automatic : new boolean[] {false, true}) {
      compare(
          "max",
          Map.of("automatic_captioning", automatic),
          TestZip.with(file("a.jpg", good()), text).source());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.bulkupload.ProvidedCaptionsUploadTest#badMetadata")
  void isThatOfBadMetadata(TestEntry metadata) {
    compare("max", Map.of(), TestZip.with(file("a.png", good()), metadata).source());
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.bulkupload.FailedUploadsTest#badArchives")
  void isThatOfBadArchives(TestZip zip) {
    compare("fibo", Map.of(), zip.source());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.darkroom.archive.HostileArchiveTest#hostile")
  void isThatOfHostileArchives(String name, RangeSource archive) {
    if (archive.length() > 0) compare("fibo", Map.of(), archive);
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.archive.ArchiveRunsTest#hostile")
  void isThatOfHostileEntries(TestEntry entry) {
    compare(
        "fibo",
        Map.of(),
        TestZip.with(file("a.jpg", good()), entry, file("z", "z")).source(),
        true);
  }

  static Stream<TestZip> archives() {
    byte[] png = SampleImages.png(1024, 1024);
    byte[] jpeg = good();
    return Stream.of(
        TestZip.with(
                file("a.png", png).descriptor(),
                file("b.jpg", jpeg).stored(),
                file("c.jpg", jpeg).stored().zip64(),
                file("d.png", png).zip64().descriptor(),
                file("e.jpg", SampleImages.webp(1024, 1024)),
                file("f.jpg", SampleImages.withOrientation(SampleImages.jpeg(1100, 1000), 6)),
                file("g.jpg", SampleImages.truncated(jpeg, 0.9)),
                file("h.png", SampleImages.png(800, 600)))
            .prefix(new byte[300_000])
            .comment("of all kinds"),
        TestZip.with(
            file("a.jpg", jpeg),
            file("A.txt", "the exact case wins"),
            file("a.txt", "a barn").stored(),
            file("b.jpg", jpeg),
            file("b.jpg.caption", "a mill").descriptor(),
            file("x/c.jpg", jpeg),
            file("metadata.jsonl", "{\"file_name\": \"x/c.jpg\", \"text\": \"a pond\"}\nno row\n"),
            file("metadata.csv", "file_name,text\nx/c.jpg,a lake\nnone.jpg,nothing"),
            file("d.jpg", jpeg),
            file("__MACOSX/._a.jpg", "x"),
            file("inner.zip", TestZip.with(file("a.jpg", jpeg).stored()).bytes()).stored(),
            TestEntry.folder("x"),
            TestEntry.symbolicLink("link.jpg", "a.jpg"),
            file(".DS_Store", "x")));
  }

  @ParameterizedTest
  @MethodSource("archives")
  void isThatOfAllKindsOfEntries(TestZip zip) {
    compare("fibo", Map.of(), zip.source());
    compare("max", Map.of(), zip.source());
    compare("max", Map.of("automatic_captioning", true), zip.source());
  }

  @Test
  void isFailedForAnImageThatIsTooSmallWhateverDamageLiesBehindItsHead() {
    byte[] small =
        TestPng.of(
            TestPng.header(900, 900, 8, 2),
            TestPng.data(900, 2_700, 0x55),
            TestPng.chunk("vpAg", new byte[300_000]),
            TestPng.END);
    byte[] damaged = small.clone();
    damaged[damaged.length - 100]++;
    var zip =
        TestZip.with(file("small.png", small).stored(), file("damaged.png", damaged).stored());
    long dataset = uploads.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      var before = preflights.run(dataset, source.url());
      assertThat(types(before)).containsExactly("image.too-small", "image.too-small");
      assertThat(types(uploads.upload(dataset, source.url())))
          .containsExactly("image.too-small", "image.corrupt");
    }
  }

  @Test
  void isUndeterminedWhereTheSizeStandsBehindTheHead() {
    byte[] image = good();
    byte[] far = image;
    for (int segment = 0; segment < 3; segment++) far = withMetadata(far);
    byte[] furthest = far;
    for (int segment = 0; segment < 2; segment++) furthest = withMetadata(furthest);
    var zip = TestZip.with(file("far.jpg", far).stored(), file("furthest.jpg", furthest).stored());
    long dataset = uploads.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      var status = preflights.run(dataset, source.url());
      assertThat(status.get("undetermined").asInt()).isOne();
      assertThat(status.get("done").asInt()).isOne();
      assertThat(status.get("total_processed").asInt()).isOne();
    }
  }

  /// Both preflights first, which use up nothing.
  private static void compare(String version, Map<String, Object> more, RangeSource archive) {
    compare(version, more, archive, false);
  }

  /// @param large whether entries are that are not read to their ends
  private static void compare(
      String version, Map<String, Object> more, RangeSource archive, boolean large) {
    long dataset = uploads.dataset(version);
    try (var source = ZipServer.serving(archive)) {
      var begun = preflights.begin(dataset, source.url(), more);
      if (begun.status() != 202) {
        var refused = uploads.submit(dataset, source.url(), more);
        assertThat(refused.status()).isEqualTo(begun.status());
        assertThat(refused.type()).isEqualTo(begun.type());
        return;
      }
      JsonNode ranged = preflights.awaitEnd(dataset);
      source.ignoreRanges();
      JsonNode streamed = preflights.run(dataset, source.url(), more);
      source.honourRanges();
      JsonNode upload = uploads.upload(dataset, source.url(), more);
      assertThat(ranged.get("undetermined").asInt()).as(ranged.toString()).isZero();
      assertForetold(ranged, upload, large);
      assertForetold(streamed, upload, large);
    }
  }

  private static void assertForetold(JsonNode preflight, JsonNode upload, boolean maySayOtherwise) {
    assertThat(preflight.get("status"))
        .as("%s %s", preflight, upload)
        .isEqualTo(upload.get("status"));
    assertThat(preflight.get("error")).isEqualTo(upload.get("error"));
    if (upload.get("status").asString().equals("failed")) return;
    for (String field : List.of("total", "ignored", "ignored_entries")) {
      assertThat(preflight.get(field)).as(field).isEqualTo(upload.get(field));
    }
    Map<Integer, JsonNode> actual = byOrdinal(upload);
    byOrdinal(preflight)
        .forEach((ordinal, foretold) -> {
          assertThat(actual).as("%s %s", preflight, upload).containsKey(ordinal);
          JsonNode failed = Objects.requireNonNull(actual.remove(ordinal));
          if (!maySayOtherwise || !OF_THE_REST.contains(type(failed))) {
            assertThat(foretold).isEqualTo(failed);
          }
        });
    actual.values().removeIf(image -> OF_THE_DECODER.contains(type(image)));
    assertThat(actual).hasSizeLessThanOrEqualTo(preflight.get("undetermined").asInt());
  }

  private static Map<Integer, JsonNode> byOrdinal(JsonNode status) {
    Map<Integer, JsonNode> failed = new TreeMap<>();
    status.get("failed_images").forEach(image -> failed.put(image.get("ordinal").asInt(), image));
    return failed;
  }

  private static List<String> types(JsonNode status) {
    return byOrdinal(status).values().stream().map(PreflightVerdictTest::type).toList();
  }

  private static String type(JsonNode image) {
    return image.get("type").asString();
  }

  private static byte[] withMetadata(byte[] jpeg) {
    return TestImages.withSegment(jpeg, 0xE2, new byte[60_000]);
  }

  private static byte[] good() {
    return SampleImages.jpeg(1024, 1024);
  }
}
