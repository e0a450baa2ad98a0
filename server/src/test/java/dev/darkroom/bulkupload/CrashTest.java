package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A node that is killed in the middle of its work, as by `kill -9`, and started again.
class CrashTest {

  private static final int IMAGES = 130;
  private static final int BROKEN = 100;

  /// All but the 64 of the second chunk.
  private static final int SETTLED = IMAGES - 64;

  private static final int MIDDLE = 96;
  private static final int GAP_BYTES = 700_000;
  private static final String GAP = "x".repeat(GAP_BYTES);
  private static final byte[] JPEG = SampleImages.jpeg(256, 256);

  @Test
  void losesNothingAndDoesNothingTwice() {
    // One node answers requests and leaves the work to the other, which is a process of its own.
    var archive = new DammedSource(zip().source());
    try (var api = TestServer.start(WorkerNode.SHARED);
        var source = ZipServer.serving(archive)) {
      api.bean(Scheduler.class).pause();
      var client = new UploadClient(api);
      long dataset = client.dataset("fibo");
      try (var worker =
          WorkerNode.start(api, "worker", "-Ddb-scheduler.heartbeat-interval=500ms")) {
        worker.awaitLine("is ready");
        assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
        // The first and the last chunk are settled, and a part of the one between is stored.
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> {
              JsonNode status = client.status(dataset);
              assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(SETTLED);
              assertThat(files(api)).isEqualTo(2 * (SETTLED + MIDDLE - 64));
            });
        worker.kill();
      }
      archive.open();
      assertThat(client.status(dataset).get("done").asInt()).isEqualTo(SETTLED);
      assertThat(client.images(dataset)).isEmpty();
      try (var restarted =
          WorkerNode.start(api, "worker", "-Ddb-scheduler.heartbeat-interval=500ms")) {
        restarted.awaitLine("is ready");
        assertComplete(client, dataset);
        assertNothingIsLeftOver(api);
      }
    }
  }

  private static void assertComplete(UploadClient client, long dataset) {
    JsonNode status = client.awaitEnd(dataset);
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isEqualTo(IMAGES - 1);
    assertThat(status.get("failed").asInt()).isOne();
    List<Integer> passed =
        IntStream.range(0, IMAGES)
            .filter(n -> n != BROKEN)
            .map(CrashTest::ordinal)
            .boxed()
            .toList();
    assertThat(client.images(dataset))
        .extracting(image -> image.get("ordinal").asInt())
        .containsExactlyElementsOf(passed);
    var digests = new HashSet<String>();
    client.images(dataset).forEach(image -> digests.add(image.get("sha256").asString()));
    assertThat(digests).hasSize(1);
  }

  private static void assertNothingIsLeftOver(TestServer api) {
    await()
        .until(() ->
            count(api, "SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                == 0);
    api.bean(CleanUpTask.class).run();
    assertThat(files(api)).isEqualTo(2 * (IMAGES - 1));
    assertThat(count(api, "SELECT count(*) FROM stored_object")).isEqualTo(IMAGES - 1);
  }

  private static int count(TestServer server, String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  /// How many objects the store holds.
  private static int files(TestServer server) {
    Path root = server.data().resolve("objects");
    try (var files = Files.walk(root)) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains(".incoming"))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gaps that no read goes through, before the second chunk and in its middle.
  private static TestZip zip() {
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < IMAGES; n++) {
      if (n == 64 || n == MIDDLE) entries.add(TestEntry.file("gap.csv", GAP).stored());
      byte[] image = n == BROKEN ? new byte[99] : JPEG;
      entries.add(TestEntry.file("%03d.jpg".formatted(n), image).stored());
    }
    entries.add(TestEntry.file("end.csv", "x".repeat(200_000)).stored());
    return TestZip.with(entries);
  }

  private static int ordinal(int image) {
    return image < 64 ? image : image < MIDDLE ? image + 1 : image + 2;
  }

  /// Gives nothing of the second half of the second chunk until it is opened.
  private static final class DammedSource implements RangeSource {

    private final RangeSource archive;
    private final CountDownLatch opened = new CountDownLatch(1);

    DammedSource(RangeSource archive) {
      this.archive = archive;
    }

    void open() {
      opened.countDown();
    }

    @Override
    public long length() {
      return archive.length();
    }

    @Override
    public InputStream open(long offset, long length) {
      long image = (offset - 2 * GAP_BYTES) / JPEG.length;
      if (image >= MIDDLE - 10 && image <= MIDDLE + 10) pass();
      return archive.open(offset, length);
    }

    private void pass() {
      try {
        opened.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
