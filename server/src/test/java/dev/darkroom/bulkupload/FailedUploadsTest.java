package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Each reason for which an upload fails as a whole.
class FailedUploadsTest {

  private static final int MAX_ZIP_BYTES = 2_000_000;

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64",
                "darkroom.limits.max-images", "200",
                "darkroom.limits.max-entries", "210",
                "darkroom.limits.max-directory-bytes", "100000",
                "darkroom.limits.max-inflated-bytes", "10000000",
                "darkroom.limits.max-zip-bytes", Integer.toString(MAX_ZIP_BYTES)));
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> badArchives() {
    return Stream.of(
        Arguments.of(images(201), 413, "archive.too-many-images", 200, 201),
        Arguments.of(images(211), 413, "archive.too-many-entries", 210, 211),
        Arguments.of(
            images(1).and(file("x".repeat(60_000), "x")).and(file("y".repeat(60_000), "y")),
            413,
            "archive.directory-too-large",
            100_000,
            null),
        Arguments.of(
            images(1).and(file("a.jpg", "x").size(10_000_000)),
            413,
            "archive.inflates-too-far",
            10_000_000,
            null),
        Arguments.of(images(1).disk(2), 422, "archive.multi-disk", null, null),
        Arguments.of(
            images(2).and(image("c.jpg").offset(0)),
            422,
            "archive.overlapping-entries",
            null,
            null),
        Arguments.of(TestZip.with(file("a.txt", "no image")), 422, "archive.no-images", null, null),
        Arguments.of(TestZip.with(), 422, "archive.no-images", null, null));
  }

  @ParameterizedTest
  @MethodSource("badArchives")
  void nameTheReason(
      TestZip zip, int code, String type, @Nullable Integer limit, @Nullable Integer actual) {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      JsonNode error = assertFailed(dataset, client.upload(dataset, source.url()), code, type);
      if (limit != null) assertThat(error.get("limit").asInt()).isEqualTo(limit);
      if (actual != null) assertThat(error.get("actual").asInt()).isEqualTo(actual);
    }
  }

  @Test
  void areThoseOfWhatIsNoZip() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(new byte[100_000])) {
      var status = client.upload(dataset, source.url());
      assertFailed(dataset, status, 422, "archive.not-readable");
    }
  }

  @Test
  void areThoseOfAZipThatPassesTheLimitWhileItsLengthIsUnknown() {
    long dataset = client.dataset("fibo");
    try (var source =
        ZipServer.serving(new byte[MAX_ZIP_BYTES + 1]).ignoreRanges().withoutLength()) {
      var status = client.upload(dataset, source.url());
      assertFailed(dataset, status, 413, "archive.too-large");
    }
  }

  @Test
  void areThoseOfAZipThatChangesWhileItIsRead() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(images(150).source());
    try (var source = ZipServer.serving(archive)) {
      archive.beforeEachRead(_ -> {
        // After the plan's probe, which pins the version.
        if (source.requests().size() == 3) {
          source.replaceWith(images(150).comment("another").source(), "\"v2\"");
        }
      });
      var status = client.upload(dataset, source.url());
      assertFailed(dataset, status, 422, "archive.changed");
    }
  }

  @Test
  void areThoseOfASourceThatIsGone() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(images(150).source());
    try (var source = ZipServer.serving(archive)) {
      breakAfterThePlan(archive, source, () -> source.always(404, "text/plain", "gone"));
      var error =
          assertFailed(
              dataset, client.upload(dataset, source.url()), 424, "archive.source-refused");
      assertThat(error.get("message").asString()).contains("404").doesNotContain("secret");
    }
  }

  @Test
  void areThoseOfASourceThatStaysOutThroughTheRetries() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(images(150).source());
    try (var source = ZipServer.serving(archive)) {
      breakAfterThePlan(archive, source, () -> source.always(503, "text/plain", "busy"));
      assertFailed(dataset, client.upload(dataset, source.url()), 424, "archive.connection-lost");
    }
  }

  /// After the two probes and the two reads of the directory.
  private static void breakAfterThePlan(HookedSource archive, ZipServer source, Runnable fault) {
    archive.beforeEachRead(_ -> {
      if (source.requests().size() > 4) {
        fault.run();
        throw new IllegalStateException("the connection breaks");
      }
    });
  }

  /// The dataset holds nothing of the upload, the counters add up, and the source's URL is
  /// forgotten.
  private static JsonNode assertFailed(long dataset, JsonNode status, int code, String type) {
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("failed");
    JsonNode error = status.get("error");
    assertThat(error.get("code").asInt()).as(error.toString()).isEqualTo(code);
    assertThat(error.get("type").asString()).isEqualTo(type);
    assertThat(client.images(dataset)).isEmpty();
    assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isZero();
    assertThat(
            server
                .jdbc()
                .sql(
                    """
                    SELECT count(*) FROM dataset_image WHERE dataset_id = :dataset
                    """)
                .param("dataset", dataset)
                .query(Integer.class)
                .single())
        .isZero();
    return error;
  }

  private static TestZip images(int count) {
    List<TestEntry> entries = new ArrayList<>();
    IntStream.range(0, count).forEach(n -> entries.add(image("%03d.png".formatted(n))));
    return TestZip.with(entries);
  }

  private static TestEntry image(String name) {
    return file(name, SampleImages.png(64, 64));
  }
}
