package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What lies in the store after the clean-up, told by the files in its directory.
class CleanUpTest {

  private static TestServer server;
  private static UploadClient client;
  private static FaultyStore store;
  private static CleanUpTask cleanUp;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64"),
            FaultyStore.Configuration.class);
    client = new UploadClient(server);
    store = server.bean(FaultyStore.class);
    cleanUp = server.bean(CleanUpTask.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void startWithAnEmptyStore() {
    store.recover();
    assertThat(files()).isEmpty();
  }

  @AfterEach
  void deleteAllDatasets() {
    client
        .api()
        .get("/tailored-gen/projects")
        .json()
        .forEach(
            project -> client.api().delete("/tailored-gen/projects/" + project.get("id").asLong()));
    cleanUp.run();
  }

  @Test
  void leavesTheImagesOfACompletedUpload() {
    long dataset = upload(mixed(), false);
    cleanUpOnceNoTaskIsLeft();
    assertThat(client.images(dataset)).hasSize(2);
    assertThat(files()).as("an original and a thumbnail each").hasSize(4);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void deletesTheCopyOfAZipAfterTheEnd() {
    upload(mixed(), true);
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).hasSize(4).noneMatch(file -> file.contains("spool"));
  }

  @Test
  void deletesAllOfAFailedUpload() {
    var puts = new AtomicInteger();
    store.beforeEachPut(_ -> {
      if (puts.incrementAndGet() > 2) throw new IllegalStateException("a bug");
    });
    long dataset = upload(mixed(), false);
    assertThat(client.status(dataset).get("status").asString()).isEqualTo("failed");
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void deletesTheImagesOfADeletedDataset() {
    long dataset = upload(mixed(), false);
    assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void deletesAnImageThatIsDeleted() {
    long dataset = upload(mixed(), false);
    long image = client.images(dataset).get(0).get("id").asLong();
    assertThat(client.api().delete(UploadClient.path(dataset, "/images/" + image)).status())
        .isEqualTo(204);
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).hasSize(2);
  }

  @Test
  void touchesNothingOfARunningUpload() throws InterruptedException {
    long dataset = client.dataset("fibo");
    var reached = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var puts = new AtomicInteger();
    store.beforeEachPut(_ -> {
      // The copy of the ZIP, an original, its thumbnail, and then one that waits.
      if (puts.incrementAndGet() == 4) {
        reached.countDown();
        awaitQuietly(release);
      }
    });
    try (var source = ZipServer.serving(TinyImages.zip(1).and(image("b.png"))).ignoreRanges()) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      reached.await();
      List<String> before = files();
      assertThat(before).isNotEmpty();
      cleanUp.run();
      assertThat(files()).containsAll(before);
      release.countDown();
      assertThat(client.awaitEnd(dataset).get("done").asInt()).isEqualTo(2);
    }
  }

  @Test
  void touchesNothingThatARunOfAFailedUploadMayYetPut() throws InterruptedException {
    long dataset = client.dataset("fibo");
    var reached = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    store.beforeEachPut(key -> {
      // The second chunk waits, and the first fails the upload.
      if (key.value().contains("/00064")) {
        reached.countDown();
        Uninterruptibly.await(release);
      } else if (key.value().contains("/00000")) {
        awaitQuietly(reached);
        throw new IllegalStateException("a bug");
      }
    });
    try (var source = ZipServer.serving(TinyImages.zip(65))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      assertThat(client.awaitEnd(dataset).get("status").asString()).isEqualTo("failed");
      reached.await();
      cleanUp.run();
      assertThat(rows()).as("the announced objects").isEqualTo(65);
      release.countDown();
    }
    cleanUpOnceNoTaskIsLeft();
    assertThat(files()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void deletesWhatANodePutsThatWokeUpWhenItsJobWasOver() throws InterruptedException {
    long dataset = client.dataset("fibo");
    var reached = new CountDownLatch(1);
    var woken = new CountDownLatch(1);
    store.beforeEachPut(_ -> {
      reached.countDown();
      Uninterruptibly.await(woken);
    });
    try (var source = ZipServer.serving(TinyImages.zip(1))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      reached.await();
      String cancel = UploadClient.path(dataset, "/images/bulk-upload/cancel");
      assertThat(client.api().post(cancel, "").status()).isEqualTo(202);
      // As another node does that takes the task of a dead one over, and finds the job over.
      server.jdbc().sql("DELETE FROM scheduled_tasks WHERE task_name = 'ingest'").update();
      cleanUp.run();
      assertThat(rows()).as("nobody knows of it").isZero();
      woken.countDown();
      await().atMost(Duration.ofSeconds(60)).until(() -> rows() == 1);
      cleanUp.run();
    }
    assertThat(files()).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void finishesWhatACleanUpThatDiedHadBegun() {
    long dataset = upload(mixed(), false);
    assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
    await().atMost(Duration.ofSeconds(60)).until(() -> tasks() == 0);
    server.jdbc().sql("UPDATE stored_object SET state = 'deleting'").update();
    cleanUp.run();
    assertThat(files()).isEmpty();
    assertThat(rows()).isZero();
  }

  private static long upload(TestZip zip, boolean spooled) {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      if (spooled) source.ignoreRanges();
      client.upload(dataset, source.url());
    }
    return dataset;
  }

  /// Two images that pass and one that does not.
  private static TestZip mixed() {
    return TinyImages.zip(2).and(TestEntry.file("broken.jpg", "no image"));
  }

  private static TestEntry image(String name) {
    return TestEntry.file(name, SampleImages.png(64, 64));
  }

  private static void cleanUpOnceNoTaskIsLeft() {
    await().atMost(Duration.ofSeconds(60)).until(() -> tasks() == 0);
    cleanUp.run();
  }

  private static int tasks() {
    return count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'");
  }

  private static int rows() {
    return count("SELECT count(*) FROM stored_object");
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  private static List<String> files() {
    Path root = server.data().resolve("objects");
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
