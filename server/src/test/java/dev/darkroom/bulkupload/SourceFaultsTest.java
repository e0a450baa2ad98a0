package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.archive.Pause;
import dev.darkroom.archive.ResettingRelay;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/// Uploads whose source, or whose store, fails in the middle of a chunk: they get on as long as the
/// source does, what is stored is never read or put again, and where they fail nothing stays.
class SourceFaultsTest {

  private static final int IMAGES = 32;
  private static final int GAP = 200_000;

  /// An image, the gap behind it, their headers.
  private static final int ENTRY_BYTES = GAP + 5_000;

  /// The probes, the directory, and what a read of it takes along.
  private static final int PLAN_BYTES = 300_000;

  private static final List<Duration> PAUSES = new CopyOnWriteArrayList<>();

  private static TestServer server;
  private static UploadClient client;
  private static FaultyStore store;

  private final Map<ObjectKey, AtomicInteger> puts = new ConcurrentHashMap<>();

  static class NoPauses {
    @Bean
    @Primary
    Pause noPause() {
      return PAUSES::add;
    }
  }

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.fetch.idle-timeout", "500ms",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64",
                "db-scheduler.polling-interval", "20ms"),
            FaultyStore.Configuration.class,
            NoPauses.class);
    client = new UploadClient(server);
    store = server.bean(FaultyStore.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void countPuts() {
    PAUSES.clear();
    store.beforeEachPut(this::count);
  }

  @Test
  void completeThoughEveryConnectionIsCut() {
    long dataset = client.dataset("fibo");
    var zip = archive();
    try (var source = ZipServer.serving(zip).truncateAfter(1 << 20, Integer.MAX_VALUE)) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(IMAGES);
      assertThat(source.bytesServed()).isLessThan(zip.source().length() + PLAN_BYTES);
    }
    assertThat(step(dataset, "attempt")).isOne();
    assertEachPutOnce();
  }

  /// A reset throws away what has arrived and is not read yet.
  @Test
  void completeThoughEveryConnectionIsReset() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(archive());
        var relay = ResettingRelay.before(source, 1 << 20)) {
      assertThat(client.upload(dataset, relay.url()).get("done").asInt()).isEqualTo(IMAGES);
      assertThat(relay.resets()).isGreaterThan(3);
    }
    assertThat(client.images(dataset)).hasSize(IMAGES);
    assertEachPutOnce();
  }

  @Test
  void getOnThoughTheSourceBreaksMoreOftenThanThereAreTries() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(archive().source());
    try (var source = ZipServer.serving(archive)) {
      breakAgainAndAgain(archive, source);
      var status = client.upload(dataset, source.url());
      assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(IMAGES);
      int runs = step(dataset, "attempt");
      assertThat(runs).isGreaterThan(7);
      // What a run reads again is the entry in which the one before it was stopped.
      assertThat(source.bytesServed())
          .isLessThan(archive.length() + PLAN_BYTES + (long) runs * ENTRY_BYTES);
    }
    assertThat(client.images(dataset)).hasSize(IMAGES);
    assertEachPutOnce();
  }

  @Test
  void getOnWithCaptionsAndCopiesThatLieInDifferentParts() {
    long dataset = client.dataset("max");
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < IMAGES; n++) {
      // Every image comes once more, sixteen later.
      entries.add(file("%03d.png".formatted(n), SampleImages.png(64 + n % 16, 64)));
      entries.add(file("gap%d.csv".formatted(n), "x".repeat(GAP)).stored());
      entries.add(file("%03d.txt".formatted(n), "caption " + n));
    }
    var archive = new HookedSource(TestZip.with(entries).source());
    try (var source = ZipServer.serving(archive)) {
      breakAgainAndAgain(archive, source);
      var status = client.upload(dataset, source.url(), Map.of("deduplicate", "exact"));
      assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(16);
      assertThat(status.get("total").asInt()).isEqualTo(16);
      assertThat(status.get("ignored").asInt()).isEqualTo(entries.size() - 16);
    }
    assertThat(step(dataset, "attempt")).isGreaterThan(7);
    assertThat(client.images(dataset))
        .extracting(image -> image.get("caption").asString())
        .hasSize(16)
        .startsWith("caption 0", "caption 1")
        .endsWith("caption 15");
  }

  @Test
  void completeThoughTheSourceStalls() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(archive()).stallAfter(3_000_000)) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(IMAGES);
    }
    assertThat(PAUSES).isNotEmpty();
    assertEachPutOnce();
  }

  @Test
  void waitAsTheSourceAsksThemToWithinReason() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(archive().source());
    try (var source = ZipServer.serving(archive).truncateAfter(3_000_000, 1)) {
      afterThePlan(archive, source, () -> source.failNext(2, 503, Duration.ofSeconds(7)));
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(IMAGES);
    }
    assertThat(PAUSES).contains(Duration.ofSeconds(7));
    assertThat(step(dataset, "attempt")).isOne();
  }

  @Test
  void outlastASourceThatFailsAllButTheLastOfItsTries() {
    // Seven tries of four requests each; their pauses are more than a minute (JobSettingsTest).
    assertThat(uploadWithFailures(4 * 7 - 1).get("status").asString()).isEqualTo("completed");
    assertFailure(uploadWithFailures(4 * 7), 424, "archive.connection-lost");
  }

  private static JsonNode uploadWithFailures(int failures) {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(archive().source());
    try (var source = ZipServer.serving(archive)) {
      afterThePlan(
          archive,
          source,
          () -> {
            source.failNext(failures - 1, 503, null);
            throw new IllegalStateException("the connection breaks, which is the first failure");
          });
      return client.upload(dataset, source.url());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void sayAtWhichEntryTheSourceRefused(int code) throws IOException {
    var error =
        failedMidway(
            424, "archive.source-refused", source -> source.always(code, "text/plain", ""));
    assertThat(error.get("message").asString())
        .contains("answered " + code)
        .containsPattern("at the entry 0\\d\\d\\.png, after 1\\d of 32 images were read")
        .contains("A signed URL must stay valid until all of the ZIP is read")
        .doesNotContain("secret");
  }

  @Test
  void keepNothingOfAZipWithAnotherTag() throws IOException {
    failedMidway(
        422,
        "archive.changed",
        source -> source.replaceWith(archive().comment("another").source(), "\"v2\""));
  }

  @Test
  void keepNothingOfAZipOfAnotherLength() throws IOException {
    failedMidway(
        422,
        "archive.changed",
        source ->
            source.replaceWith(archive().comment("longer").source(), null).lastModified(null));
  }

  @Test
  void keepNothingWhereTheSourceClaimsAnotherLengthMidway() throws IOException {
    failedMidway(422, "archive.changed", source -> source.claimMore(1));
  }

  @Test
  void keepNothingWhereTheSourceStopsKnowingRanges() throws IOException {
    failedMidway(424, "archive.range-not-supported", ZipServer::ignoreRanges);
  }

  @Test
  void failWhereTheSourceClaimsMoreBytesThanThereAre() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(archive()).claimMore(1_000_000)) {
      assertFailure(client.upload(dataset, source.url()), 422, "archive.changed");
    }
    assertThat(client.images(dataset)).isEmpty();
  }

  @Test
  void takeNoMoreThanTheyAskedFor() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(archive()).sendMore(10_000)) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(IMAGES);
    }
    assertEachPutOnce();
  }

  @Test
  void putNothingAgainWhenAPutFailsInTheMiddle() {
    long dataset = client.dataset("fibo");
    var failed = new AtomicInteger();
    var stuck = "00040";
    store.beforeEachPut(key -> {
      count(key);
      if (key.value().contains(stuck) && failed.incrementAndGet() <= 3) {
        throw new IOException("no room");
      }
    });
    try (var source = ZipServer.serving(archive())) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(IMAGES);
    }
    assertThat(step(dataset, "tries")).isOne();
    puts.keySet().removeIf(key -> key.value().contains(stuck));
    assertEachPutOnce();
  }

  /// The source breaks after the first 3 MB of a chunk, and then has another fault.
  private JsonNode failedMidway(int code, String type, Consumer<ZipServer> fault)
      throws IOException {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(archive().source());
    try (var source = ZipServer.serving(archive)) {
      if (code == 422) source.etag(null).lastModified(null);
      source.truncateAfter(3_000_000, 1);
      afterThePlan(archive, source, () -> fault.accept(source));
      var status = client.upload(dataset, source.url());
      assertFailure(status, code, type);
      assertThat(status.get("done").asInt()).isBetween(1, IMAGES - 1);
    }
    assertThat(client.images(dataset)).isEmpty();
    assertNothingIsLeftOf(dataset);
    return client.status(dataset).get("error");
  }

  private static void assertNothingIsLeftOf(long dataset) throws IOException {
    assertThat(count("SELECT count(*) FROM dataset_image WHERE dataset_id = :dataset", dataset))
        .isZero();
    long upload = count("SELECT id FROM bulk_upload WHERE dataset_id = :dataset", dataset);
    await()
        .until(() ->
            count(
                    "SELECT count(*) FROM scheduled_tasks JOIN bulk_upload upload ON upload.dataset_id = :dataset AND split_part(task_instance, '/', 1) = upload.id::text",
                    dataset)
                == 0);
    server.bean(CleanUpTask.class).run();
    Path objects = server.data().resolve("objects");
    try (var files = Files.walk(objects)) {
      assertThat(files.filter(Files::isRegularFile))
          .noneMatch(path -> path.toString().contains("/uploads/" + upload + "/"));
    }
  }

  /// After every half megabyte the connection breaks, and the source is out for the tries of a run.
  private static void breakAgainAndAgain(HookedSource archive, ZipServer source) {
    source.truncateAfter(500_000, Integer.MAX_VALUE);
    archive.beforeEachRead(_ -> {
      if (source.requests().size() > 4) source.failNext(3, 503, null);
    });
  }

  /// After the two probes and the two reads of the directory, once.
  private static void afterThePlan(HookedSource archive, ZipServer source, Runnable fault) {
    var once = new AtomicBoolean();
    archive.beforeEachRead(_ -> {
      if (source.requests().size() > 4 && once.compareAndSet(false, true)) fault.run();
    });
  }

  private void count(ObjectKey key) {
    puts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
  }

  private void assertEachPutOnce() {
    assertThat(puts).isNotEmpty();
    assertThat(puts.values()).allSatisfy(times -> assertThat(times).hasValue(1));
  }

  private static void assertFailure(JsonNode status, int code, String type) {
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("failed");
    assertThat(status.get("error").get("type").asString()).isEqualTo(type);
    assertThat(status.get("error").get("code").asInt()).isEqualTo(code);
  }

  private static int step(long dataset, String column) {
    return server
        .jdbc()
        .sql(
            """
            SELECT step.* FROM job_step step JOIN bulk_upload ON bulk_upload.id = job_id
            WHERE dataset_id = :dataset AND task = 'ingest' AND number = 0
            """)
        .param("dataset", dataset)
        .query((row, _) -> row.getInt(column))
        .single();
  }

  private static long count(String sql, long dataset) {
    return server
        .jdbc()
        .sql(sql)
        .param("dataset", dataset)
        .query((row, _) -> row.getLong(1))
        .single();
  }

  /// One chunk, in which every image is followed by a gap that is read through.
  private static TestZip archive() {
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < IMAGES; n++) {
      entries.add(file("%03d.png".formatted(n), SampleImages.png(64 + n, 64)));
      entries.add(file("gap%d.csv".formatted(n), "x".repeat(GAP)).stored());
    }
    return TestZip.with(entries);
  }
}
