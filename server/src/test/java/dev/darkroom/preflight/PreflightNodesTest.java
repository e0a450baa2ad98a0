package dev.darkroom.preflight;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.ChildJvm;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.HookedSource;
import dev.darkroom.bulkupload.Uninterruptibly;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.bulkupload.WorkerNode;
import dev.darkroom.samples.SampleImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A preflight whose node is killed in the middle.
class PreflightNodesTest {

  private static final int IMAGES = 200;
  private static final int GAP_BYTES = 400_000;

  @Test
  void isFinishedByAnotherNode() {
    var archive = new HookedSource(zip().source());
    try (var api = TestServer.start(WorkerNode.SHARED)) {
      // It answers requests and leaves the work to the others.
      api.bean(Scheduler.class).pause();
      var uploads = new UploadClient(api);
      var preflights = new PreflightClient(uploads.api());
      var release = new CountDownLatch(1);
      var reads = new AtomicInteger();
      try (var source = ZipServer.serving(archive);
          var killed = worker(api, "killed")) {
        killed.awaitLine("is ready");
        // The first chunk is read, and another one never comes.
        archive.beforeEachRead(offset -> {
          if (isChunk(offset, archive) && reads.incrementAndGet() > 1)
            Uninterruptibly.await(release);
        });
        long dataset = uploads.dataset("fibo");
        assertThat(preflights.begin(dataset, source.url(), Map.of()).status()).isEqualTo(202);
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> preflights.status(dataset).get("done").asInt() == 64);
        killed.kill();
        archive.beforeEachRead(_ -> {});
        release.countDown();
        try (var other = worker(api, "other")) {
          other.awaitLine("is ready");
          JsonNode status = preflights.awaitEnd(dataset);
          assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(IMAGES);
        }
      }
    }
  }

  /// Images between two texts so long that what the plan reads, the archive's head and its end, has
  /// no image in it.
  private static TestZip zip() {
    byte[] png = SampleImages.png(64, 64);
    var text = file("a.csv", "x".repeat(GAP_BYTES)).stored();
    List<TestEntry> entries = new ArrayList<>(List.of(text));
    for (int n = 0; n < IMAGES; n++) entries.add(file("%03d.png".formatted(n), png).stored());
    entries.add(text);
    return TestZip.with(entries);
  }

  private static boolean isChunk(long offset, HookedSource archive) {
    return offset >= GAP_BYTES && offset < archive.length() - GAP_BYTES;
  }

  private static ChildJvm worker(TestServer api, String name) {
    return WorkerNode.start(api, name, "-Ddb-scheduler.heartbeat-interval=250ms");
  }
}
