package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.moderation.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Uploads that are cancelled at moments that a seed chooses: at the n-th request of the source,
/// put, verdict or caption of whichever upload comes to it.
class RandomCancellationTest {

  private static final long SEED = 20_260_526;
  private static final int ROUNDS = 25;

  /// Of each round, all at once.
  private static final int UPLOADS = 8;

  private static final int IMAGES = 6;

  private enum Moment {
    REQUEST,
    PUT,
    VERDICT,
    CAPTION,
    SUBMITTED
  }

  /// What one round waits for.
  private record Trigger(Moment moment, AtomicInteger left, CountDownLatch come) {

    void happens(Moment happening) {
      if (happening == moment && left.decrementAndGet() == 0) come.countDown();
    }
  }

  private final Map<Long, JsonNode> statuses = new ConcurrentHashMap<>();
  private volatile Trigger trigger =
      new Trigger(Moment.SUBMITTED, new AtomicInteger(1), new CountDownLatch(1));

  @Test
  void leavesNothingWheneverItComes() throws Exception {
    var random = new Random(SEED);
    int cancelled = 0;
    try (var server =
            TestServer.start(
                Map.of(
                    "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                    "darkroom.limits.min-dimension", "64",
                    "db-scheduler.polling-interval", "20ms"),
                FaultyStore.Configuration.class,
                TestCaptioner.Configuration.class,
                TestModerator.Configuration.class);
        var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      listen(server);
      var client = new UploadClient(server);
      for (int round = 0; round < ROUNDS; round++) {
        List<Future<Boolean>> uploads = new ArrayList<>();
        var next = nextTrigger(random);
        trigger = next;
        for (int n = 0; n < UPLOADS; n++) {
          var options = options(random);
          boolean spooled = random.nextInt(4) == 0;
          uploads.add(requests.submit(() -> cancelAt(next, client, options, spooled)));
        }
        for (Future<Boolean> upload : uploads) if (get(upload)) cancelled++;
      }
      assertNothingIsLeft(server);
    }
    assertThat(cancelled).as("most came in time").isGreaterThan(ROUNDS * UPLOADS / 2);
  }

  private void listen(TestServer server) {
    server.bean(FaultyStore.class).beforeEachPut(_ -> trigger.happens(Moment.PUT));
    server
        .bean(TestModerator.class)
        .become((_, _) -> {
          trigger.happens(Moment.VERDICT);
          return new Verdict.Passed(Map.of());
        });
    server
        .bean(TestCaptioner.class)
        .become((_, usual) -> {
          trigger.happens(Moment.CAPTION);
          return usual;
        });
  }

  private static Trigger nextTrigger(Random random) {
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    return new Trigger(moment, new AtomicInteger(1 + random.nextInt(16)), new CountDownLatch(1));
  }

  private static Map<String, Object> options(Random random) {
    Map<String, Object> options = new HashMap<>();
    options.put("content_moderation", random.nextBoolean());
    options.put("automatic_captioning", true);
    return options;
  }

  /// Whether it was cancelled, rather than completed before.
  private boolean cancelAt(
      Trigger when, UploadClient client, Map<String, Object> options, boolean spooled)
      throws InterruptedException {
    long dataset = client.dataset("max");
    var archive = new HookedSource(TinyImages.zip(IMAGES).source());
    archive.beforeEachRead(_ -> when.happens(Moment.REQUEST));
    try (var source = ZipServer.serving(archive)) {
      if (spooled) source.ignoreRanges();
      assertThat(client.submit(dataset, source.url(), options).status()).isEqualTo(202);
      when.happens(Moment.SUBMITTED);
      // Where the moment never comes, as that of a verdict of uploads that ask for none, the end.
      while (!when.come().await(20, TimeUnit.MILLISECONDS)) {
        if (isFinal(client.status(dataset))) break;
      }
      Answer answer =
          client.api().post(UploadClient.path(dataset, "/images/bulk-upload/cancel"), "");
      JsonNode status = client.status(dataset);
      if (answer.status() == 409) {
        assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
        assertThat(client.images(dataset)).hasSize(IMAGES);
        return false;
      }
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(status.get("error").get("code").asInt()).isEqualTo(499);
      assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isZero();
      statuses.put(dataset, status);
      return true;
    }
  }

  private static boolean isFinal(JsonNode status) {
    return status.get("phase").asString().equals("finished");
  }

  private void assertNothingIsLeft(TestServer server) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            count(server, "SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                == 0);
    server.bean(CleanUpTask.class).run();
    var client = new UploadClient(server);
    statuses.forEach((dataset, status) -> {
      assertThat(client.status(dataset)).as("for ever the same").isEqualTo(status);
      assertThat(client.images(dataset)).isEmpty();
    });
    int images = count(server, "SELECT count(*) FROM dataset_image");
    assertThat(
            count(
                server,
                "SELECT count(*) FROM dataset_image JOIN bulk_upload ON bulk_upload.id = bulk_upload_id"
                    + " WHERE state = 'completed' AND published"))
        .isEqualTo(images);
    assertThat(count(server, "SELECT count(*) FROM stored_object")).isEqualTo(images);
    assertThat(files(server)).as("an original and a thumbnail each").isEqualTo(2 * images);
    assertThat(count(server, "SELECT count(*) FROM caption_item")).isZero();
    assertThat(count(server, "SELECT count(*) FROM bulk_upload WHERE source_sealed IS NOT NULL"))
        .isZero();
  }

  private static int files(TestServer server) {
    Path root = server.data().resolve("objects");
    try (var files = Files.walk(root)) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .filter(file -> !root.relativize(file).toString().startsWith("."))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean get(Future<Boolean> upload) throws InterruptedException {
    try {
      return upload.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    }
  }

  private static int count(TestServer server, String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
