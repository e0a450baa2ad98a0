package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.planning.Plan;
import dev.darkroom.samples.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An upload that leaves copies out, whichever of them is read first.
class DeduplicationTest {

  private static final Verdict REJECTED =
      new Verdict.Rejected("porn", 0.934, 0.6, Map.of("porn", 0.934));
  private static final byte[] COPIED = SampleImages.png(80, 64);
  private static final byte[] OTHER = SampleImages.png(64, 65);

  /// The image that the copies in the second chunk are copies of.
  private static final int FIRST = 5;

  /// The ordinal of the first of these copies, `066.png`: a text lies between the chunks.
  private static final int COPY = 67;

  private static TestServer server;
  private static UploadClient client;
  private static TestModerator moderator;
  private static FaultyStore store;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64",
                "db-scheduler.polling-interval", "20ms"),
            TestModerator.Configuration.class,
            FaultyStore.Configuration.class);
    client = new UploadClient(server);
    moderator = server.bean(TestModerator.class);
    store = server.bean(FaultyStore.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    moderator.passAll();
    store.recover();
  }

  @Test
  void leavesCopiesOutAndNamesTheOneThatStays() {
    var zip =
        TestZip.with(
            file("a.png", COPIED),
            file("x/b.png", COPIED),
            file("c.png", SampleImages.png(64, 64)),
            file("notes.md", "x"),
            file("a.png", COPIED));
    long dataset = client.dataset("fibo");
    JsonNode status = upload(dataset, zip, Map.of("deduplicate", "exact"));
    assertCounts(status, 2, 0, 2, 3);
    assertThat(reasons(status))
        .containsEntry("x/b.png", "a copy of a.png (ordinal 0)")
        .containsEntry("a.png", "a copy of a.png (ordinal 0)");
    assertThat(ordinals(dataset)).containsExactly(0, 2);
  }

  @Test
  void keepsEveryCopyWhereNotAskedOtherwise() {
    var zip = TestZip.with(file("a.png", COPIED), file("b.png", COPIED));
    assertCounts(upload(client.dataset("fibo"), zip, Map.of()), 2, 0, 2, 0);
    assertCounts(upload(client.dataset("fibo"), zip, Map.of("deduplicate", "none")), 2, 0, 2, 0);
  }

  @Test
  void keepsTheCaptionOfTheOneThatStays() {
    var zip =
        TestZip.with(
            file("a.png", COPIED),
            file("a.txt", "first"),
            file("b.png", COPIED),
            file("b.txt", "second"));
    long dataset = client.dataset("max");
    assertCounts(upload(dataset, zip, Map.of("deduplicate", "exact")), 1, 0, 1, 3);
    assertThat(client.images(dataset).get(0).get("caption").asString()).isEqualTo("first");
  }

  @Test
  void takesACopysCaptionWhereTheOneThatStaysHasNone() {
    var zip = TestZip.with(file("a.png", COPIED), file("b.png", COPIED), file("b.txt", "by hand"));
    long dataset = client.dataset("max");
    var request = Map.<String, Object>of("deduplicate", "exact", "automatic_captioning", true);
    JsonNode status = upload(dataset, zip, request);
    assertCounts(status, 1, 0, 1, 2);
    assertThat(status.get("captions").get("skipped").asInt()).isOne();
    assertThat(client.images(dataset).get(0).get("caption").asString()).isEqualTo("by hand");
  }

  /// The copy with the text lies in the second chunk. Whichever chunk is settled first, the text is
  /// kept.
  @Test
  void takesACopysCaptionAcrossChunks() {
    List<TestEntry> entries = new ArrayList<>();
    entries.add(file("first.png", COPIED));
    for (int n = 0; n < 70; n++) entries.add(file("%03d.png".formatted(n), OTHER));
    entries.add(file("last.png", COPIED));
    entries.add(file("last.txt", "by hand"));
    long dataset = client.dataset("max");
    var request = Map.<String, Object>of("deduplicate", "exact", "automatic_captioning", true);
    upload(dataset, TestZip.with(entries), request);
    assertThat(client.images(dataset).get(0).get("image_name").asString()).isEqualTo("first.png");
    assertThat(client.images(dataset).get(0).get("caption").asString()).isEqualTo("by hand");
  }

  /// All of the first chunk are copies of the second, which has the captions and is settled before.
  @Test
  void neverFallsBackWhenCaptionedCopiesGiveWayToEarlierOnes() {
    int chunk = Plan.CHUNK_IMAGES;
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < chunk; n++) entries.add(file("a/%02d.png".formatted(n), picture(n)));
    for (int n = 0; n < chunk; n++) {
      entries.add(file("b/%02d.png".formatted(n), picture(n)));
      entries.add(file("b/%02d.txt".formatted(n), "by hand"));
    }
    var settled = new CountDownLatch(1);
    store.beforeEachPut(key -> {
      String ordinal = key.value().replaceAll(".*/(\\d+)-.*", "$1");
      if (Integer.parseInt(ordinal) < chunk) awaitQuietly(settled);
    });
    long dataset = client.dataset("max");
    var request = Map.<String, Object>of("deduplicate", "exact", "automatic_captioning", true);
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      assertThat(client.submit(dataset, source.url(), request).status()).isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.status(dataset).get("done").asInt() == chunk);
      int before = client.status(dataset).get("progress_percentage").asInt();
      settled.countDown();
      List<Integer> percentages = new ArrayList<>(List.of(before));
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> {
            JsonNode status = client.status(dataset);
            percentages.add(status.get("progress_percentage").asInt());
            return status.get("phase").asString().equals("finished");
          });
      assertThat(percentages).isSorted();
    }
    JsonNode status = client.status(dataset);
    assertCounts(status, chunk, 0, chunk, 2 * chunk);
    assertThat(status.get("captions").get("skipped").asInt()).isEqualTo(chunk);
  }

  private static byte[] picture(int number) {
    return SampleImages.png(64 + number, 64);
  }

  @Test
  void keepsTheFirstOfManyThoughAChunkIsRepeated() {
    var puts = new AtomicInteger();
    store.beforeEachPut(_ -> {
      if (puts.incrementAndGet() == 200) throw new IllegalStateException("a bug");
    });
    long dataset = client.dataset("fibo");
    var zip =
        TestZip.with(
            IntStream.range(0, 260).mapToObj(n -> file("%03d.png".formatted(n), COPIED)).toList());
    try (var source = ZipServer.serving(zip)) {
      assertThat(client.submit(dataset, source.url(), Map.of("deduplicate", "exact")).status())
          .isEqualTo(202);
      List<Integer> percentages = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> {
            JsonNode status = client.status(dataset);
            percentages.add(status.get("progress_percentage").asInt());
            int planned = status.get("total").asInt() + status.get("ignored").asInt();
            assertThat(planned).isIn(0, 260);
            return status.get("phase").asString().equals("finished");
          });
      assertThat(percentages).isSorted();
    }
    assertThat(puts.get())
        .as("the 260 originals and thumbnails, and some again")
        .isGreaterThan(520);
    assertCounts(client.status(dataset), 1, 0, 1, 259);
    assertThat(ordinals(dataset)).containsExactly(0);
    cleanUpOnceNoTaskIsLeft();
    assertThat(filesOf(dataset)).as("an original and a thumbnail of the one").hasSize(2);
  }

  @Test
  void putsTheFirstInThePlaceOfOneThatWasSettledBefore() {
    long dataset = client.dataset("fibo");
    JsonNode status =
        uploadSecondChunkFirst(
            dataset,
            Map.of("deduplicate", "exact"),
            before -> before.get("done").asInt() == 5 && before.get("total").asInt() == 69);
    assertCounts(status, 68, 0, 68, 4);
    assertThat(reasons(status))
        .containsEntry("066.png", "a copy of 005.png (ordinal 5)")
        .containsEntry("067.png", "a copy of 005.png (ordinal 5)");
    assertThat(ordinals(dataset)).contains(FIRST).hasSize(68);
  }

  @Test
  void asksTheModeratorOnceAboutTheSameBytes() {
    long dataset = client.dataset("fibo");
    moderator.passAll();
    JsonNode status =
        uploadSecondChunkFirst(
            dataset,
            Map.of("deduplicate", "exact", "content_moderation", true),
            before -> before.get("done").asInt() == 5);
    assertCounts(status, 68, 0, 68, 4);
    assertThat(moderator.calls()).isEqualTo(68);
    assertThat(ordinals(dataset)).contains(FIRST).hasSize(68);
  }

  @Test
  void refusesTheCopiesOfARefusedImage() {
    moderator.become((_, _) -> REJECTED);
    var zip = TestZip.with(file("a.png", COPIED), file("b.png", COPIED), file("c.png", COPIED));
    long dataset = client.dataset("fibo");
    JsonNode status =
        upload(dataset, zip, Map.of("deduplicate", "exact", "content_moderation", true));
    assertCounts(status, 0, 3, 3, 0);
    assertThat(status.get("failed_images"))
        .allSatisfy(failed -> {
          assertThat(failed.get("type").asString()).isEqualTo("moderation.rejected");
          assertThat(failed.get("error_code").asInt()).isEqualTo(422);
        });
    assertThat(moderator.calls()).isOne();
    assertThat(filesOf(dataset)).as("gone with the verdict").isEmpty();
  }

  @Test
  void refusesACopyThatIsReadAfterTheVerdict() {
    long dataset = client.dataset("fibo");
    // The first to be judged are the four others of the second chunk and the copied image.
    moderator.become((_, jpeg) -> isCopied(jpeg) ? REJECTED : new Verdict.Passed(Map.of()));
    JsonNode status =
        uploadSecondChunkFirst(
            dataset,
            Map.of("deduplicate", "exact", "content_moderation", true),
            before -> before.get("done").asInt() == 4 && before.get("failed").asInt() == 2);
    assertCounts(status, 67, 3, 70, 2);
    assertThat(status.get("failed_images").get(0).get("filename").asString()).isEqualTo("005.png");
    assertThat(ordinals(dataset)).doesNotContain(FIRST, COPY, COPY + 1).hasSize(67);
    assertThat(moderator.calls()).isEqualTo(68);
  }

  @Test
  void holdsTheFirstToAVerdictThatItsCopyIsStillWaitingFor() {
    long dataset = client.dataset("fibo");
    var askedAgain = new CountDownLatch(1);
    var asked = new AtomicInteger();
    moderator.become((_, jpeg) -> {
      if (!isCopied(jpeg)) return new Verdict.Passed(Map.of());
      if (asked.incrementAndGet() == 1) {
        askedAgain.await();
        return REJECTED;
      }
      askedAgain.countDown();
      await().until(() -> client.status(dataset).get("failed").asInt() > 0);
      return new Verdict.Passed(Map.of());
    });
    JsonNode status =
        uploadSecondChunkFirst(
            dataset,
            Map.of("deduplicate", "exact", "content_moderation", true),
            before -> before.get("done").asInt() == 4 && asked.get() == 1);
    assertCounts(status, 67, 3, 70, 2);
    assertThat(ordinals(dataset)).doesNotContain(FIRST, COPY, COPY + 1);
  }

  /// Uploads 70 images and two texts; of the images 66 and 67 are copies of [#FIRST]. The first
  /// chunk is read once the second has come as far as `settled` says.
  private static JsonNode uploadSecondChunkFirst(
      long dataset, Map<String, Object> more, Predicate<JsonNode> settled) {
    var archive = new HookedSource(spacedImages().source());
    var release = new CountDownLatch(1);
    try (var source = ZipServer.serving(archive)) {
      archive.beforeEachRead(offset -> {
        if (offset < 500_000 && isIngesting(dataset)) awaitQuietly(release);
      });
      assertThat(client.submit(dataset, source.url(), more).status()).isEqualTo(202);
      await().atMost(Duration.ofSeconds(60)).until(() -> settled.test(client.status(dataset)));
      release.countDown();
      return client.awaitEnd(dataset);
    }
  }

  /// 64 images, a gap that no read goes through, 6 more.
  private static TestZip spacedImages() {
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < 64; n++) entries.add(image(n));
    entries.add(file("gap.csv", "x".repeat(700_000)).stored());
    for (int n = 64; n < 70; n++) entries.add(image(n));
    entries.add(file("end.csv", "x".repeat(200_000)).stored());
    return TestZip.with(entries);
  }

  private static TestEntry image(int n) {
    boolean copied = n == FIRST || n == 66 || n == 67;
    return file("%03d.png".formatted(n), copied ? COPIED : SampleImages.png(64, 64 + n));
  }

  private static JsonNode upload(long dataset, TestZip zip, Map<String, Object> more) {
    try (var source = ZipServer.serving(zip)) {
      return client.upload(dataset, source.url(), more);
    }
  }

  private static void assertCounts(JsonNode status, int done, int failed, int total, int ignored) {
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
    assertThat(
            List.of(
                status.get("done").asInt(),
                status.get("failed").asInt(),
                status.get("total").asInt(),
                status.get("ignored").asInt()))
        .as(status.toString())
        .containsExactly(done, failed, total, ignored);
    assertThat(status.get("ignored_entries")).hasSize(ignored);
  }

  private static Map<String, String> reasons(JsonNode status) {
    Map<String, String> reasons = new HashMap<>();
    for (JsonNode entry : status.get("ignored_entries")) {
      reasons.put(entry.get("filename").asString(), entry.get("reason").asString());
    }
    return reasons;
  }

  private static List<Integer> ordinals(long dataset) {
    List<Integer> ordinals = new ArrayList<>();
    client.images(dataset).forEach(image -> ordinals.add(image.get("ordinal").asInt()));
    return ordinals;
  }

  private static boolean isCopied(byte[] jpeg) {
    try {
      return ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth() == 80;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Also asked while the upload is not yet accepted, and has no status.
  private static boolean isIngesting(long dataset) {
    var status = client.api().get(UploadClient.path(dataset, "/bulk-upload/status"));
    return status.status() == 200 && status.json().get("phase").asString().equals("ingesting");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cleanUpOnceNoTaskIsLeft() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
    server.bean(CleanUpTask.class).run();
  }

  private static List<Path> filesOf(long dataset) {
    long upload = count("SELECT id FROM bulk_upload WHERE dataset_id = " + dataset);
    try (var files = Files.walk(server.data().resolve("objects/uploads/" + upload))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
