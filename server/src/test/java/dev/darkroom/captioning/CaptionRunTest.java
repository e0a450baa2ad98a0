package dev.darkroom.captioning;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.GeneratedCaptions;
import dev.darkroom.caption.TestCaptions;
import dev.darkroom.samples.SampleImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What an upload writes captions for, and how the run comes through all that can happen to it.
class CaptionRunTest {

  static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.job.retry-delay", "10ms",
          "darkroom.limits.min-dimension", "64",
          "db-scheduler.polling-interval", "20ms");
  private static final String SCHEMA =
      "{\"style_medium\": \"oil painting\", \"aesthetics.color_scheme\": \"red\"}";

  private static TestServer server;
  private static UploadClient client;
  private static TestCaptioner captioner;

  @BeforeAll
  static void start() {
    server = TestServer.start(PROPERTIES, TestCaptioner.Configuration.class);
    client = new UploadClient(server);
    captioner = server.bean(TestCaptioner.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void reset() {
    captioner.becomeUsual();
  }

  @Test
  void writesACaptionUnderTheSchemaForEveryImageOfAFiboDataset() {
    long dataset = fibo();
    JsonNode status = upload(dataset, pictures(20));
    assertCaptions(status, 20, 0, 0);
    assertThat(seen(dataset, "captions_update_status")).isEqualTo("completed");
    for (JsonNode image : client.images(dataset)) {
      GeneratedCaptions.assertValid(image.get("caption").asString(), SCHEMA);
      assertThat(image.get("caption_source").asString()).isEqualTo("automatic");
      assertThat(image.get("caption_author").asString()).isEqualTo(TestCaptioner.AUTHOR);
      assertThat(image.get("caption").asString()).contains(size(image));
    }
    assertThat(captioner.asked()).doesNotHaveDuplicates().hasSize(20);
    assertThat(
            count(
                "SELECT count(*) FROM dataset_image WHERE caption_schema_hash IS NULL AND dataset_id = "
                    + dataset))
        .isZero();
  }

  @Test
  void skipsTheCaptionsOfAFiboDatasetWithoutASchema() {
    long dataset = client.dataset("fibo");
    assertCaptions(upload(dataset, pictures(3)), 0, 0, 3);
    assertThat(seen(dataset, "captions_update_status")).isEqualTo("empty");
    assertThat(captioner.asked()).isEmpty();
  }

  @Test
  void writesTheMissingCaptionsOfALegacyDatasetAfterItsPrefix() {
    long dataset = client.dataset("max");
    client.api().put(UploadClient.path(dataset, ""), Map.of("caption_prefix", "In my style: "));
    var zip = pictures(3);
    zip.add(file("000.txt", "a text of its own"));
    JsonNode status = upload(dataset, zip, Map.of("automatic_captioning", true));
    assertCaptions(status, 2, 0, 1);
    JsonNode images = client.images(dataset);
    assertThat(images.get(0).get("caption").asString()).isEqualTo("a text of its own");
    assertThat(images.get(0).get("caption_source").asString()).isEqualTo("manual");
    assertThat(images.get(0).get("caption_author").isNull()).isTrue();
    assertThat(images.get(1).get("caption").asString())
        .isEqualTo("In my style: A picture of %s.", size(images.get(1)));
    assertThat(images.get(1).get("caption_source").asString()).isEqualTo("automatic");
  }

  @Test
  void skipsAllCaptionsWhereTheArchiveProvidesAll() {
    long dataset = client.dataset("max");
    var zip = pictures(1);
    zip.add(file("000.txt", "a text of its own"));
    assertCaptions(upload(dataset, zip, Map.of("automatic_captioning", true)), 0, 0, 1);
    assertThat(seen(dataset, "captions_update_status")).isEqualTo("empty");
  }

  @Test
  void writesNothingForALegacyDatasetThatDoesNotAskForIt() {
    long dataset = client.dataset("max");
    var zip = pictures(2);
    zip.add(file("000.txt", "a text of its own"));
    JsonNode status = upload(dataset, zip);
    assertCaptions(status, 0, 0, 1);
    assertThat(status.get("failed").asInt()).isOne();
    assertThat(captioner.asked()).isEmpty();
  }

  @Test
  void tellsWhereItIsWhileItCaptions() throws InterruptedException {
    var answers = new Semaphore(0);
    captioner.become((_, usual) -> {
      answers.acquire();
      return usual;
    });
    long dataset = fibo();
    try (var source = ZipServer.serving(TestZip.with(pictures(4)))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await().until(() -> phase(dataset).equals("captioning"));
      JsonNode status = client.status(dataset);
      assertThat(status.get("done").asInt()).isEqualTo(4);
      assertThat(status.get("progress_percentage").asInt()).isEqualTo(49);
      assertThat(status.get("eta_seconds").isNull()).isTrue();
      assertThat(client.images(dataset)).as("visible before captioning").hasSize(4);
      assertThat(seen(dataset, "captions_update_status")).isEqualTo("in_progress");
      assertThat(
              client
                  .api()
                  .put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"))
                  .type())
          .isEqualTo("dataset.busy");
      answers.release(2);
      await().until(() -> client.status(dataset).get("captions").get("done").asInt() == 2);
      assertThat(client.status(dataset).get("progress_percentage").asInt()).isEqualTo(74);
      assertThat(client.status(dataset).get("eta_seconds").isNull()).isFalse();
      answers.release(2);
      assertCaptions(client.awaitEnd(dataset), 4, 0, 0);
    }
  }

  @Test
  void asksOnceForPicturesOfTheSameBytes() {
    long dataset = fibo();
    var zip = pictures(2);
    for (int n = 0; n < 40; n++) zip.add(file("copy/%02d.jpg".formatted(n), picture(0)));
    assertCaptions(upload(dataset, zip), 42, 0, 0);
    assertThat(captioner.asked()).hasSize(2);
    JsonNode images = client.images(dataset);
    assertThat(images.get(41).get("caption")).isEqualTo(images.get(0).get("caption"));
  }

  @Test
  void keepsTheImageWhoseCaptionFailsForGood() {
    captioner.become((size, usual) ->
        size.startsWith("65x") ? new Captioning.Failed(TestCaptioner.REFUSED) : usual);
    long dataset = fibo();
    assertCaptions(upload(dataset, pictures(3)), 2, 1, 0);
    JsonNode image = client.images(dataset).get(1);
    assertThat(image.get("caption").isNull()).isTrue();
    assertThat(image.get("caption_source").isNull()).isTrue();
    assertThat(seen(dataset, "captions_update_status")).isEqualTo("completed");
    captioner.becomeUsual();
    assertThat(captioner.asked()).isEmpty();
    assertThat(client.api().put(UploadClient.path(dataset, "/images"), Map.of()).status())
        .isEqualTo(202);
    awaitCaptions(dataset);
    assertThat(client.images(dataset)).noneMatch(each -> each.get("caption").isNull());
    assertThat(captioner.asked()).hasSize(3);
  }

  @Test
  void takesNoTextForACaptionThatIsNone() {
    captioner.become((_, _) -> new Captioning.Written("{\"short_description\": \"a cat\"}"));
    long dataset = fibo();
    assertCaptions(upload(dataset, pictures(1)), 0, 1, 0);
    captioner.become((_, _) -> new Captioning.Written(TestCaptions.photograph()));
    long other = fibo();
    assertCaptions(upload(other, pictures(1)), 0, 1, 0);
    long legacy = client.dataset("max");
    for (String text : List.of("", " ", "x".repeat(70_000), "a\0b")) {
      captioner.become((_, _) -> new Captioning.Written(text));
      long each = client.dataset("max");
      assertCaptions(upload(each, pictures(1), Map.of("automatic_captioning", true)), 0, 1, 0);
    }
    client.api().put(UploadClient.path(legacy, ""), Map.of("caption_prefix", "In my style:"));
    captioner.become((_, _) -> new Captioning.Written("A picture."));
    assertCaptions(upload(legacy, pictures(1), Map.of("automatic_captioning", true)), 0, 1, 0);
  }

  @Test
  void waitsForTheEndOfAnOutageAndCountsNothingAsFailed() {
    var calls = new AtomicInteger();
    captioner.become((_, usual) -> {
      int call = calls.incrementAndGet();
      if (call > 5 && call < 60) throw TestCaptioner.OUT.exception();
      return usual;
    });
    long dataset = fibo();
    assertCaptions(upload(dataset, pictures(40)), 40, 0, 0);
  }

  @Test
  void letsABugCostThePictureThatMeetsIt() {
    captioner.become((size, usual) -> {
      if (size.startsWith("66x")) throw new IllegalStateException("a bug");
      return usual;
    });
    long dataset = fibo();
    assertCaptions(upload(dataset, pictures(20)), 19, 1, 0);
    assertThat(captioner.asked().stream().filter(size -> size.startsWith("66x")))
        .hasSize(CaptionBatch.MAX_TRIES);
    assertThat(captioner.asked()).hasSize(19 + CaptionBatch.MAX_TRIES);
  }

  @Test
  void skipsAnImageThatIsDeletedMeanwhile() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    captioner.become((_, usual) -> {
      begun.countDown();
      goOn.await();
      return usual;
    });
    long dataset = fibo();
    try (var source = ZipServer.serving(TestZip.with(pictures(3)))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      begun.await();
      long image = client.images(dataset).get(1).get("id").asLong();
      assertThat(client.api().delete(UploadClient.path(dataset, "/images/" + image)).status())
          .isEqualTo(204);
      goOn.countDown();
      assertCaptions(client.awaitEnd(dataset), 2, 0, 1);
    }
    assertThat(client.images(dataset)).hasSize(2);
  }

  @Test
  void endsSilentlyWithItsDataset() throws InterruptedException {
    long dataset = fibo();
    upload(dataset, pictures(40));
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    captioner.become((_, usual) -> {
      begun.countDown();
      goOn.await();
      return usual;
    });
    assertThat(client.api().put(UploadClient.path(dataset, "/images"), Map.of()).status())
        .isEqualTo(202);
    begun.await();
    assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
    goOn.countDown();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'caption'") == 0);
    assertThat(count("SELECT count(*) FROM caption_item WHERE state = 'open'")).isZero();
  }

  private static long fibo() {
    long dataset = client.dataset("fibo");
    var answer = client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", SCHEMA));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return dataset;
  }

  private static JsonNode upload(long dataset, List<TestEntry> zip) {
    return upload(dataset, zip, Map.of());
  }

  private static JsonNode upload(long dataset, List<TestEntry> zip, Map<String, Object> more) {
    try (var source = ZipServer.serving(TestZip.with(zip))) {
      JsonNode status = client.upload(dataset, source.url(), more);
      assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
      return status;
    }
  }

  private static void assertCaptions(JsonNode status, int done, int failed, int skipped) {
    JsonNode captions = status.get("captions");
    assertThat(
            List.of(
                captions.get("done").asInt(),
                captions.get("failed").asInt(),
                captions.get("skipped").asInt()))
        .as(status.toString())
        .containsExactly(done, failed, skipped);
  }

  private static void awaitCaptions(long dataset) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> seen(dataset, "captions_update_status").equals("completed"));
  }

  private static String phase(long dataset) {
    return client.status(dataset).get("phase").asString();
  }

  private static String seen(long dataset, String field) {
    return client.datasetAsSeen(dataset).get(field).asString();
  }

  private static String size(JsonNode image) {
    return image.get("width").asInt() + "x" + image.get("height").asInt();
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  /// Pictures of different bytes and sizes: 64x64, 65x64, ...
  static List<TestEntry> pictures(int count) {
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < count; n++) entries.add(file("%03d.jpg".formatted(n), picture(n)));
    return entries;
  }

  private static byte[] picture(int number) {
    return SampleImages.jpeg(64 + number, 64);
  }
}
