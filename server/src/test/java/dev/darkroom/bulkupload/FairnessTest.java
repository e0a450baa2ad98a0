package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.planning.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Large and small uploads take turns. What is counted is chunks, never time.
class FairnessTest {

  private static final int THREADS = 16;
  private static final int WINDOW = 4;

  @Test
  void endsASmallUploadWithinAFewChunksOfAnOrganizationThatTakesAllTheNodeHas() throws Exception {
    try (var server = start(THREADS);
        var large = ZipServer.serving(TinyImages.zip(9 * Plan.CHUNK_IMAGES));
        var small = ZipServer.serving(TinyImages.zip(10))) {
      var client = new UploadClient(server);
      int uploads = THREADS / WINDOW;
      // The ids of a new server begin at 1.
      var gates = ChunkGates.in(server.bean(FaultyStore.class), upload -> upload <= uploads);
      for (int n = 0; n < uploads; n++) {
        assertThat(client.submit(client.dataset("fibo"), large.url()).status()).isEqualTo(202);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> gates.held() == THREADS);

      var other = otherOrganization(server);
      long dataset = other.dataset("fibo");
      assertThat(other.submit(dataset, small.url()).status()).isEqualTo(202);
      int released = 0;
      while (!isCompleted(other, dataset)) {
        gates.release();
        released++;
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> gates.held() == THREADS || isCompleted(other, dataset));
      }
      assertThat(released).as("chunks, of 36").isLessThanOrEqualTo(2 * WINDOW);
      gates.open();
    }
  }

  @Test
  void letsNoStreamOfSmallUploadsHoldUpALargeOneNorTheOtherWayRound() {
    int chunks = 78;
    try (var server = start(2);
        var large = ZipServer.serving(noImages(chunks * Plan.CHUNK_IMAGES));
        var small = ZipServer.serving(noImages(10))) {
      var events = UploadEvents.of(server);
      var client = new UploadClient(server);
      long dataset = client.dataset("fibo");
      assertThat(client.submit(dataset, large.url()).status()).isEqualTo(202);
      long upload = events.uploadOf(dataset);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> events.settled(upload, IngestTask.NAME) > 0);

      var other = otherOrganization(server);
      while (events.settled(upload, IngestTask.NAME) < chunks) {
        long one = other.dataset("fibo");
        other.upload(one, small.url());
        int meanwhile = chunksWithin(events.all(), upload, events.uploadOf(one));
        if (events.settled(upload, IngestTask.NAME) == chunks) break;
        assertThat(meanwhile).as("chunks of the large one").isBetween(1, 6 * WINDOW);
      }
      assertThat(client.awaitEnd(dataset).get("failed").asInt())
          .isEqualTo(chunks * Plan.CHUNK_IMAGES);
    }
  }

  /// How many chunks of the one upload were settled between the beginning and the end of the other.
  private static int chunksWithin(List<UploadEvents.Event> events, long large, long small) {
    int begin = events.indexOf(new UploadEvents.Event(small, null, "admitted"));
    int end = events.indexOf(new UploadEvents.Event(small, null, "completed"));
    var chunk = new UploadEvents.Event(large, IngestTask.NAME, "settled");
    return (int) events.subList(begin, end).stream().filter(chunk::equals).count();
  }

  private static boolean isCompleted(UploadClient client, long dataset) {
    return client.status(dataset).get("status").asString().equals("completed");
  }

  private static UploadClient otherOrganization(TestServer server) {
    String token = TestTokens.make(server, "other", Scope.WRITE);
    return new UploadClient(ApiClient.anonymous(server).with("api_token", token));
  }

  /// Entries that are read, refused, and never stored.
  private static TestZip noImages(int count) {
    return TestZip.with(
        IntStream.range(0, count)
            .mapToObj(n -> TestEntry.file("%04d.png".formatted(n), "no image"))
            .toList());
  }

  private static TestServer start(int threads) {
    return TestServer.start(
        Map.of(
            "darkroom.fetch.allow-addresses", "127.0.0.1/32",
            "darkroom.limits.min-dimension", "64",
            "db-scheduler.threads", Integer.toString(threads),
            "db-scheduler.polling-interval", "20ms"),
        FaultyStore.Configuration.class);
  }
}
