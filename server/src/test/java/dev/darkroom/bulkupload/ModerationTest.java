package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.planning.Plan;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What becomes of an upload whose images are moderated.
class ModerationTest {

  private static final Verdict PASSED = new Verdict.Passed(Map.of("porn", 0.01));
  private static final Verdict REJECTED =
      new Verdict.Rejected("porn", 0.934, 0.6, Map.of("porn", 0.934));

  private static TestServer server;
  private static UploadClient client;
  private static TestModerator moderator;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64",
                "db-scheduler.polling-interval", "20ms"),
            TestModerator.Configuration.class);
    client = new UploadClient(server);
    moderator = server.bean(TestModerator.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void passAll() {
    moderator.passAll();
  }

  @Test
  void asksNothingWhereModerationIsNotAskedFor() {
    assertThat(upload(TinyImages.zip(2), false).get("done").asInt()).isEqualTo(2);
    assertThat(moderator.calls()).isZero();
  }

  @Test
  void judgesThePictureUprightAndSmall() {
    var pictures = new LinkedBlockingQueue<byte[]>();
    moderator.become((_, jpeg) -> {
      pictures.add(jpeg);
      return PASSED;
    });
    byte[] turned = SampleImages.withOrientation(SampleImages.jpeg(1200, 800), 6);
    assertThat(upload(TestZip.with(TestEntry.file("a.jpg", turned)), true).get("done").asInt())
        .isOne();
    var picture = picture(pictures.remove());
    assertThat(List.of(picture.getWidth(), picture.getHeight())).isEqualTo(List.of(341, 512));
    assertThat(pictures).isEmpty();
  }

  @Test
  void failsARejectedImageWithCategoryAndScoreAndDeletesItsBytes() {
    // By its place, whatever the order of the calls: only b.png is wide.
    moderator.become((_, jpeg) -> picture(jpeg).getWidth() > 64 ? REJECTED : PASSED);
    var zip = TinyImages.zip(2).and(TestEntry.file("b.png", SampleImages.png(128, 64)));
    long dataset = client.dataset("fibo");
    JsonNode status = upload(dataset, zip);
    assertThat(List.of(status.get("done").asInt(), status.get("failed").asInt()))
        .isEqualTo(List.of(2, 1));
    JsonNode failed = status.get("failed_images").get(0);
    assertThat(failed.get("filename").asString()).isEqualTo("b.png");
    assertThat(failed.get("error_code").asInt()).isEqualTo(422);
    assertThat(failed.get("type").asString()).isEqualTo("moderation.rejected");
    assertThat(failed.get("error_message").asString()).contains("porn 0.93", "0.60");
    assertThat(client.images(dataset)).hasSize(2);
    assertThat(filesOf(dataset)).as("an original and a thumbnail of two").hasSize(4);
    cleanUpOnceNoTaskIsLeft();
    assertThat(rowsOf(dataset)).isEqualTo(2);
  }

  @Test
  void deletesTheBytesOfARejectedImageThatALostNodePutsAgain() throws Exception {
    var answer = new CountDownLatch(1);
    moderator.become((_, jpeg) -> {
      if (picture(jpeg).getWidth() > 64) return REJECTED;
      answer.await();
      return PASSED;
    });
    long dataset = client.dataset("fibo");
    var zip = TinyImages.zip(1).and(TestEntry.file("b.png", SampleImages.png(128, 64)));
    try (var source = ZipServer.serving(zip)) {
      assertThat(client.submit(dataset, source.url(), Map.of("content_moderation", true)).status())
          .isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.status(dataset).get("failed").asInt() == 1);
      server.bean(CleanUpTask.class).run();
      assertThat(rowsOf(dataset)).as("the refused one is not forgotten").isEqualTo(2);
      answer.countDown();
      client.awaitEnd(dataset);
    }
    putAgain(dataset, 1);
    assertThat(filesOf(dataset)).hasSize(4);
    cleanUpOnceNoTaskIsLeft();
    assertThat(filesOf(dataset)).hasSize(2);
    assertThat(rowsOf(dataset)).isOne();
  }

  @Test
  void failsAnImageThatTheModeratorCannotJudge() {
    moderator.become((_, _) -> new Verdict.Undecided(new Undecidable()));
    JsonNode status = upload(TinyImages.zip(1), true);
    assertThat(status.get("status").asString()).isEqualTo("completed");
    assertThat(status.get("failed_images").get(0).get("error_code").asInt()).isEqualTo(500);
  }

  @Test
  void waitsOutAnOutageAndAsksNoneAgainThatHasItsVerdict() {
    var judged = new LinkedBlockingQueue<Integer>();
    moderator.become((call, _) -> {
      if (call % 3 == 2) throw new FailureException(new Out());
      judged.add(call);
      return PASSED;
    });
    JsonNode status = upload(TinyImages.zip(70), true);
    assertThat(status.get("done").asInt()).isEqualTo(70);
    assertThat(judged).hasSize(70);
  }

  @Test
  void readsTheWholeArchiveWhileTheModeratorIsOut() {
    var back = new AtomicBoolean();
    moderator.become((_, _) -> {
      if (!back.get()) throw new FailureException(new Out());
      return PASSED;
    });
    long dataset = client.dataset("fibo");
    int chunks = 12;
    int images = (chunks - 1) * Plan.CHUNK_IMAGES + 1;
    try (var source = ZipServer.serving(TinyImages.zip(images))) {
      assertThat(client.submit(dataset, source.url(), Map.of("content_moderation", true)).status())
          .isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> steps(dataset, "ingest", "settled") == chunks);
    }
    JsonNode status = client.status(dataset);
    assertThat(status.get("phase").asString()).isEqualTo("moderating");
    assertThat(status.get("total_processed").asInt()).isZero();
    assertThat(steps(dataset, "moderate", "scheduled")).as("the window").isEqualTo(4);
    assertThat(steps(dataset, "publish", "waiting")).isOne();
    back.set(true);
    assertThat(client.awaitEnd(dataset).get("done").asInt()).isEqualTo(images);
    assertThat(client.images(dataset)).hasSize(images);
  }

  private static int steps(long dataset, String task, String state) {
    return count(
        "SELECT count(*) FROM job_step WHERE job_id = %d AND task = '%s' AND state = '%s'"
            .formatted(uploadOf(dataset), task, state));
  }

  @Test
  void showsNoImageAndCountsNoneBeforeTheirVerdict() throws InterruptedException {
    var asked = new CountDownLatch(3);
    var answer = new CountDownLatch(1);
    moderator.become((_, _) -> {
      asked.countDown();
      answer.await();
      return PASSED;
    });
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(3))) {
      assertThat(client.submit(dataset, source.url(), Map.of("content_moderation", true)).status())
          .isEqualTo(202);
      asked.await();
      JsonNode status = client.status(dataset);
      assertThat(status.get("phase").asString()).isEqualTo("moderating");
      assertThat(status.get("done").asInt()).isZero();
      assertThat(client.images(dataset)).isEmpty();
      answer.countDown();
      assertThat(client.awaitEnd(dataset).get("done").asInt()).isEqualTo(3);
    }
    assertThat(client.images(dataset)).hasSize(3);
  }

  @Test
  void completesAnUploadOfWhichEveryImageIsRejected() {
    moderator.become((_, _) -> REJECTED);
    long dataset = client.dataset("fibo");
    JsonNode status = upload(dataset, TinyImages.zip(130));
    assertThat(status.get("status").asString()).isEqualTo("completed");
    assertThat(status.get("failed").asInt()).isEqualTo(130);
    assertThat(filesOf(dataset)).isEmpty();
  }

  @Test
  void completesAnUploadWithoutAnyImageToJudge() {
    JsonNode status = upload(TestZip.with(TestEntry.file("a.jpg", "no image")), true);
    assertThat(status.get("status").asString()).isEqualTo("completed");
    assertThat(moderator.calls()).isZero();
  }

  private static JsonNode upload(TestZip zip, boolean moderated) {
    return upload(client.dataset("fibo"), zip, moderated);
  }

  private static JsonNode upload(long dataset, TestZip zip) {
    return upload(dataset, zip, true);
  }

  private static JsonNode upload(long dataset, TestZip zip, boolean moderated) {
    try (var source = ZipServer.serving(zip)) {
      return client.upload(dataset, source.url(), Map.of("content_moderation", moderated));
    }
  }

  private static BufferedImage picture(byte[] jpeg) {
    try {
      return ImageIO.read(new ByteArrayInputStream(jpeg));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> filesOf(long dataset) {
    Path folder = server.data().resolve("objects/uploads/" + uploadOf(dataset));
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putAgain(long dataset, int ordinal) throws IOException {
    var image = new ObjectKey("uploads/%d/%05d".formatted(uploadOf(dataset), ordinal));
    for (ObjectKey key : List.of(image.original(), image.thumbnail())) {
      server.bean(ObjectStore.class).put(key, new ByteArrayInputStream(new byte[1]));
    }
  }

  private static void cleanUpOnceNoTaskIsLeft() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
    server.bean(CleanUpTask.class).run();
  }

  private static int rowsOf(long dataset) {
    return count("SELECT count(*) FROM stored_object WHERE job_id = " + uploadOf(dataset));
  }

  private static int uploadOf(long dataset) {
    return count("SELECT id FROM bulk_upload WHERE dataset_id = " + dataset);
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  private record Out() implements Failure {
    @Override
    public String type() {
      return "test.out";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "Out, for the test.";
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }
  }

  private record Undecidable() implements Failure {
    @Override
    public String type() {
      return "test.undecidable";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "No usable answer, for the test.";
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }
  }
}
