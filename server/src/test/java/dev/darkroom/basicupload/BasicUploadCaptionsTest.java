package dev.darkroom.basicupload;

import static dev.darkroom.basicupload.BasicUploadClient.added;
import static dev.darkroom.basicupload.BasicUploadClient.assertRefused;
import static dev.darkroom.basicupload.BasicUploadClient.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.caption.Captioning;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.samples.SampleImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The captions of images that are uploaded by themselves, which are written afterwards.
class BasicUploadCaptionsTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.job.retry-delay", "10ms",
          "darkroom.limits.min-dimension", "64",
          "db-scheduler.polling-interval", "20ms");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SCHEMA = "{\"style_medium\": \"oil painting\"}";

  private static TestServer server;
  private static BasicUploadClient client;
  private static TestCaptioner captioner;

  @BeforeAll
  static void start() {
    server = TestServer.start(PROPERTIES, TestCaptioner.Configuration.class);
    client = new BasicUploadClient(server);
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
  void arePendingUntilTheyAreWritten() {
    var answers = hold();
    long dataset = withSchema();
    JsonNode image = added(client.send(dataset, picture(0)));
    assertThat(image.get("caption").isNull()).isTrue();
    assertThat(image.get("caption_source").asString()).isEqualTo("pending");
    assertThat(client.images(dataset).get(0).get("caption_source").asString()).isEqualTo("pending");
    assertThat(status(dataset)).isEqualTo("in_progress");
    answers.release(100);
    awaitCaptions(dataset);
    JsonNode captioned = client.image(image);
    assertThat(captioned.get("caption").asString()).contains("oil painting", "64x64");
    assertThat(captioned.get("caption_source").asString()).isEqualTo("automatic");
    assertThat(captioned.get("caption_author").asString()).isEqualTo(TestCaptioner.AUTHOR);
  }

  @Test
  void areWrittenForALegacyDatasetAlwaysAfterItsPrefix() {
    long dataset = client.legacy();
    client.api().put(path(dataset, ""), Map.of("caption_prefix", "In my style: "));
    JsonNode image = added(client.send(dataset, picture(0)));
    assertThat(image.get("caption_source").asString()).isEqualTo("pending");
    awaitCaptions(dataset);
    assertThat(client.image(image).get("caption").asString())
        .isEqualTo("In my style: A picture of 64x64.");
  }

  @Test
  void areNotWrittenForAFiboDatasetWithoutASchema() {
    long dataset = client.dataset();
    JsonNode image = added(client.send(dataset, picture(0)));
    assertThat(image.get("caption").isNull()).isTrue();
    assertThat(image.get("caption_source").isNull()).isTrue();
    assertThat(status(dataset)).isEqualTo("empty");
    assertThat(captioner.asked()).isEmpty();
    client.api().put(path(dataset, ""), Map.of("visual_schema", SCHEMA));
    assertThat(client.api().put(path(dataset, "/images"), Map.of()).status()).isEqualTo(202);
    awaitCaptions(dataset);
    assertThat(client.image(image).get("caption_source").asString()).isEqualTo("automatic");
  }

  /// None is refused because of the caption of the one before, and the end of one is not the end of
  /// all: of uploads at the same instant, too.
  @Test
  void areAllWrittenOfManyUploadsInQuickSuccession() throws Exception {
    var answers = hold();
    long dataset = withSchema();
    added(client.send(dataset, picture(0)));
    List<Future<JsonNode>> uploads = new ArrayList<>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 1; n < 12; n++) {
        byte[] picture = picture(n);
        uploads.add(clients.submit(() -> added(client.send(dataset, picture))));
      }
    }
    for (var upload : uploads) {
      assertThat(upload.get().get("caption_source").asString()).isEqualTo("pending");
    }
    answers.release(1);
    await().atMost(PATIENCE).until(() -> pending(dataset) == 11);
    assertThat(status(dataset)).isEqualTo("in_progress");
    answers.release(100);
    awaitCaptions(dataset);
    assertThat(client.images(dataset))
        .hasSize(12)
        .allMatch(image -> image.get("caption_source").asString("").equals("automatic"));
    assertThat(captioner.asked()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void keepTheDatasetFromOtherChangesOfItsCaptionsMeanwhile() {
    var answers = hold();
    long dataset = withSchema();
    List<JsonNode> images = new ArrayList<>();
    for (int n = 0; n < 5; n++) images.add(added(client.send(dataset, picture(n))));
    answers.release(4);
    await().atMost(PATIENCE).until(() -> pending(dataset) == 1);
    String first = path(dataset, "/images/" + images.getFirst().get("id").asLong());
    assertRefused(client.api().put(first, Map.of("caption", "{}")), 409, "dataset.busy");
    assertRefused(client.api().put(path(dataset, "/images"), Map.of()), 409, "dataset.busy");
    var schema = Map.of("visual_schema", "{}");
    assertRefused(client.api().put(path(dataset, ""), schema), 409, "dataset.busy");
    var completed = Map.of("status", "completed");
    assertRefused(client.api().put(path(dataset, ""), completed), 409, "dataset.busy");
    answers.release(1);
    awaitCaptions(dataset);
    assertThat(client.api().put(path(dataset, ""), completed).status()).isEqualTo(200);
    assertRefused(client.send(dataset, picture(5)), 409, "basic-upload.dataset-completed");
  }

  @Test
  void thatFailAreNullAndRegenerateTriesAgain() {
    captioner.become((_, _) -> new Captioning.Failed(TestCaptioner.REFUSED));
    long dataset = withSchema();
    JsonNode image = added(client.send(dataset, picture(0)));
    awaitCaptions(dataset);
    assertThat(client.image(image).get("caption").isNull()).isTrue();
    assertThat(client.image(image).get("caption_source").isNull()).isTrue();
    var answers = hold();
    assertThat(client.api().put(path(dataset, "/images"), Map.of()).status()).isEqualTo(202);
    assertThat(client.image(image).get("caption_source").isNull())
        .as("pending is of the upload alone")
        .isTrue();
    answers.release(100);
    awaitCaptions(dataset);
    assertThat(client.image(image).get("caption_source").asString()).isEqualTo("automatic");
  }

  @Test
  void waitOutAnOutage() {
    captioner.become((_, _) -> {
      throw TestCaptioner.OUT.exception();
    });
    long dataset = withSchema();
    JsonNode image = added(client.send(dataset, picture(0)));
    await().atMost(PATIENCE).until(() -> captioner.asked().size() > 1);
    assertThat(client.image(image).get("caption_source").asString()).isEqualTo("pending");
    captioner.becomeUsual();
    awaitCaptions(dataset);
    assertThat(client.image(image).get("caption_source").asString()).isEqualTo("automatic");
  }

  @Test
  void endWithAnImageThatIsDeletedMeanwhile() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    captioner.become((_, usual) -> {
      asked.countDown();
      goOn.await();
      return usual;
    });
    long dataset = withSchema();
    JsonNode image = added(client.send(dataset, picture(0)));
    asked.await();
    String path = path(dataset, "/images/" + image.get("id").asLong());
    assertThat(client.api().delete(path).status()).isEqualTo(204);
    goOn.countDown();
    awaitCaptions(dataset);
    assertThat(client.images(dataset)).isEmpty();
  }

  @Test
  void goOnBesideARunOfAllCaptions() {
    long dataset = withSchema();
    JsonNode first = added(client.send(dataset, picture(0)));
    awaitCaptions(dataset);
    var answers = hold();
    assertThat(client.api().put(path(dataset, "/images"), Map.of()).status()).isEqualTo(202);
    JsonNode second = added(client.send(dataset, picture(1)));
    answers.release(1);
    await().atMost(PATIENCE).until(() -> captioner.asked().size() == 2);
    assertThat(status(dataset)).isEqualTo("in_progress");
    answers.release(1);
    awaitCaptions(dataset);
    for (JsonNode image : List.of(first, second)) {
      assertThat(client.image(image).get("caption_source").asString()).isEqualTo("automatic");
    }
  }

  /// The node that took the image does not caption it, and goes.
  @Test
  void areWrittenByAnotherNode() {
    Map<String, String> properties = new HashMap<>(PROPERTIES);
    properties.put("darkroom.secret", "a-master-key-of-the-tests-0123456789abcdef");
    properties.put("darkroom.store", server.data().resolve("shared").toString());
    long dataset;
    try (var taking =
        TestServer.startOn(server.database(), properties, TestCaptioner.Configuration.class)) {
      taking.bean(Scheduler.class).pause();
      server.bean(Scheduler.class).pause();
      var its = new BasicUploadClient(taking);
      dataset = its.dataset();
      its.api().put(path(dataset, ""), Map.of("visual_schema", SCHEMA));
      added(its.send(dataset, picture(0)));
    }
    try (var captioning =
        TestServer.startOn(server.database(), properties, TestCaptioner.Configuration.class)) {
      awaitCaptions(dataset);
      assertThat(captioning.bean(TestCaptioner.class).asked()).hasSize(1);
    } finally {
      server.bean(Scheduler.class).resume();
    }
  }

  /// Each caption waits for a permit.
  private static Semaphore hold() {
    var answers = new Semaphore(0);
    captioner.become((_, usual) -> {
      answers.acquire();
      return usual;
    });
    return answers;
  }

  private static byte[] picture(int n) {
    return SampleImages.png(64, 64 + n);
  }

  private static long withSchema() {
    long dataset = client.dataset();
    client.api().put(path(dataset, ""), Map.of("visual_schema", SCHEMA));
    return dataset;
  }

  private static String status(long dataset) {
    return client.datasetAsSeen(dataset).get("captions_update_status").asString();
  }

  private static long pending(long dataset) {
    return client
        .images(dataset)
        .valueStream()
        .filter(image -> image.get("caption_source").asString("").equals("pending"))
        .count();
  }

  private static void awaitCaptions(long dataset) {
    await().atMost(PATIENCE).until(() -> status(dataset).equals("completed"));
    assertThat(pending(dataset)).isZero();
  }
}
