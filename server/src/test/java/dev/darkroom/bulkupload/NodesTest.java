package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.ChildJvm;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Nodes that are processes of their own: one that is told to stop, one that is paused past its
/// heartbeat and wakes up.
class NodesTest {

  private static final int GAP_BYTES = 400_000;
  private static final byte[] PNG = SampleImages.png(64, 64);

  private static TestServer api;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    api = TestServer.start(WorkerNode.SHARED);
    // It answers requests and leaves the work to the others.
    api.bean(Scheduler.class).pause();
    client = new UploadClient(api);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aNodeThatIsToldToStopHandsItsChunksBackAtOnce() {
    var archive = new HookedSource(between(70).source());
    var release = new CountDownLatch(1);
    var stalled = new AtomicInteger();
    try (var source = ZipServer.serving(archive);
        // No other would take over within the time of the test, unless a step is handed back.
        var leaving = worker("leaving", "10m")) {
      leaving.awaitLine("is ready");
      long dataset = client.dataset("fibo");
      archive.beforeEachRead(offset -> {
        if (!isImage(archive, offset)) return;
        stalled.incrementAndGet();
        Uninterruptibly.await(release);
      });
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await().atMost(Duration.ofSeconds(60)).until(() -> stalled.get() > 0);
      try (var staying = worker("staying", "10m")) {
        staying.awaitLine("is ready");
        assertThat(leaving.terminate()).as("as of SIGTERM").isEqualTo(143);
        archive.beforeEachRead(_ -> {});
        release.countDown();
        assertComplete(dataset, 70);
        assertThat(
                count(
                    "SELECT max(tries) FROM job_step WHERE task IN ('plan', 'ingest')"
                        + " AND job_id IN (SELECT id FROM job WHERE dataset_id = %d)"
                            .formatted(dataset)))
            .as("no try is counted")
            .isOne();
      }
    }
  }

  @Test
  void aRollingRestartFinishesEveryUpload() {
    List<Long> datasets = new ArrayList<>();
    try (var source = ZipServer.serving(TinyImages.zip(200))) {
      var one = worker("one", "10m");
      var other = worker("other", "10m");
      try {
        one.awaitLine("is ready");
        other.awaitLine("is ready");
        for (int n = 0; n < 5; n++) {
          long dataset = client.dataset("fibo");
          assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
          datasets.add(dataset);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> total("done") > 0);
        assertThat(one.terminate()).isEqualTo(143);
        one = worker("one", "10m");
        one.awaitLine("is ready");
        assertThat(other.terminate()).isEqualTo(143);
        other = worker("other", "10m");
        other.awaitLine("is ready");
        datasets.forEach(dataset -> assertComplete(dataset, 200));
      } finally {
        one.close();
        other.close();
      }
    }
  }

  @Test
  void aNodeThatWakesUpWritesNothingAndLeavesNoBytesBehind() {
    var archive = new HookedSource(between(8).source());
    var release = new CountDownLatch(1);
    var stalled = new AtomicInteger();
    String upload;
    try (var source = ZipServer.serving(archive);
        var paused = worker("paused", "250ms")) {
      paused.awaitLine("is ready");
      long dataset = client.dataset("fibo");
      archive.beforeEachRead(offset -> {
        if (!isImage(archive, offset)) return;
        stalled.incrementAndGet();
        Uninterruptibly.await(release);
      });
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await().atMost(Duration.ofSeconds(60)).until(() -> stalled.get() > 0);
      paused.pause();
      archive.beforeEachRead(_ -> {});
      release.countDown();
      try (var other = worker("other", "250ms")) {
        other.awaitLine("is ready");
        assertComplete(dataset, 8);
        upload = "uploads/%d/".formatted(count("SELECT id FROM job WHERE dataset_id = " + dataset));
        // Nobody refers to them any more: what the paused node puts is nobody's.
        assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
        awaitNoTasks();
        api.bean(CleanUpTask.class).run();
        assertThat(files(upload)).isZero();
        other.terminate();
      }
      paused.wake();
      assertThat(paused.terminate()).isEqualTo(143);
    }
    api.bean(CleanUpTask.class).run();
    assertThat(files(upload)).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM stored_object WHERE object_key LIKE '%s%%'"
                    .formatted(upload)))
        .isZero();
  }

  /// Images between two texts so long that what the plan reads, the archive's head and its end, has
  /// no image in it.
  private static TestZip between(int images) {
    var text = TestEntry.file("a.csv", "x".repeat(GAP_BYTES)).stored();
    List<TestEntry> entries = new ArrayList<>(List.of(text));
    for (int n = 0; n < images; n++) {
      entries.add(TestEntry.file("%03d.png".formatted(n), PNG).stored());
    }
    entries.add(text);
    return TestZip.with(entries);
  }

  private static boolean isImage(HookedSource archive, long offset) {
    return offset >= GAP_BYTES && offset < archive.length() - GAP_BYTES;
  }

  private static void assertComplete(long dataset, int images) {
    JsonNode status = client.awaitEnd(dataset);
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isEqualTo(images);
    assertThat(client.images(dataset)).hasSize(images);
  }

  private static void awaitNoTasks() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
  }

  private static int files(String prefix) {
    Path root = api.data().resolve("objects");
    try (var files = Files.walk(root)) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .filter(file -> root.relativize(file).toString().startsWith(prefix))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int total(String column) {
    return count("SELECT sum(%s) FROM bulk_upload WHERE state = 'processing'".formatted(column));
  }

  private static int count(String sql) {
    return api.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  private static ChildJvm worker(String name, String heartbeat) {
    return WorkerNode.start(api, name, "-Ddb-scheduler.heartbeat-interval=" + heartbeat);
  }
}
