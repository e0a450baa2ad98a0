package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.ScratchDirectory;
import dev.darkroom.SmallDisk;
import dev.darkroom.TestServer;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.storage.StoreFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Something that the server stands on is out: uploads wait, say for what, and go on or fail as a
/// whole.
class OutageTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.job.retry-delay", "10ms",
          "darkroom.limits.min-dimension", "64",
          "db-scheduler.polling-interval", "20ms");

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            PROPERTIES, FaultyStore.Configuration.class, FaultyDecoder.Configuration.class);
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    server.bean(FaultyStore.class).recover();
    server.bean(FaultyDecoder.class).recover();
  }

  /// What may be out, once some images are through.
  enum Fault {
    STORE_GONE("storage.unreachable", "object store") {
      @Override
      void strikeAfter(int images, TestServer server) {
        breakStore(images, server, new IOException("/srv/secret-place is gone"));
      }
    },
    STORE_FULL("storage.full", "1,234 bytes free") {
      @Override
      void strikeAfter(int images, TestServer server) {
        var cause = new IOException("No space left on device");
        breakStore(
            images, server, new StoreFullException("directory /srv/secret-place", 1234, cause));
      }
    },
    DECODER("decoder.cannot-start", "image decoder") {
      @Override
      void strikeAfter(int images, TestServer server) {
        server.bean(FaultyDecoder.class).breakDownAfter(images);
      }
    };

    private final String type;
    private final String words;

    Fault(String type, String words) {
      this.type = type;
      this.words = words;
    }

    abstract void strikeAfter(int images, TestServer server);

    /// Each image has two objects.
    private static void breakStore(int images, TestServer server, IOException fault) {
      var puts = new AtomicInteger();
      server
          .bean(FaultyStore.class)
          .beforeEachPut(_ -> {
            if (puts.incrementAndGet() > 2 * images) throw fault;
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void isToldInTheStatusAndOverWhenTheUploadGoesOn(Fault fault) {
    var before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    fault.strikeAfter(1, server);
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(3))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      var outage = awaitOutage(client, dataset);
      assertThat(outage.propertyNames()).containsExactly("type", "message", "since");
      assertThat(outage.get("type").asString()).isEqualTo(fault.type);
      assertThat(outage.get("message").asString())
          .contains(fault.words)
          .doesNotContain("/", "secret-place");
      assertThat(Instant.parse(outage.get("since").asString())).isBetween(before, Instant.now());
      recover();
      var status = client.awaitEnd(dataset);
      assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
      assertThat(status.get("done").asInt()).isEqualTo(3);
      assertThat(status.get("outage").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsTheUploadAsAWholeWhenItLastsTooLongAndSaysWhatWasOut(Fault fault) {
    var properties = new HashMap<>(PROPERTIES);
    properties.put("darkroom.job.outage-limit", "500ms");
    try (var impatient =
            TestServer.start(
                properties, FaultyStore.Configuration.class, FaultyDecoder.Configuration.class);
        var source = ZipServer.serving(TinyImages.zip(130))) {
      var client = new UploadClient(impatient);
      long dataset = client.dataset("fibo");
      // One of its chunks may be in, and another is not.
      fault.strikeAfter(100, impatient);
      assertFailed(client.upload(dataset, source.url()), fault, client, dataset);
    }
  }

  private static void assertFailed(
      JsonNode status, Fault fault, UploadClient client, long dataset) {
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("failed");
    assertThat(status.at("/error/code").asInt()).isEqualTo(500);
    assertThat(status.at("/error/type").asString()).isEqualTo("job.outage");
    assertThat(status.at("/error/message").asString())
        .contains(fault.type, fault.words)
        .doesNotContain("secret-place");
    assertThat(status.get("outage").isNull()).isTrue();
    assertThat(client.images(dataset)).isEmpty();
    assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isZero();
  }

  @Test
  void ofAFullDiskIsOverWhenThereIsRoomAgain() throws IOException {
    try (var scratch = ScratchDirectory.create()) {
      var disk = SmallDisk.mount(scratch.path(), 4);
      assumeTrue(disk.isPresent(), "NOT TESTED: no file system can be mounted here");
      try (var small = disk.get()) {
        uploadsToAFullDisk(small);
      }
    }
  }

  private static void uploadsToAFullDisk(SmallDisk small) throws IOException {
    Map<String, String> properties = new HashMap<>(PROPERTIES);
    properties.put("darkroom.store", small.path().resolve("objects").toString());
    try (var tight = TestServer.start(properties);
        var source = ZipServer.serving(TinyImages.zip(70))) {
      var client = new UploadClient(tight);
      long dataset = client.dataset("fibo");
      // The source's check has seen room before.
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      var filler = small.fill();
      assertThat(awaitOutage(client, dataset).get("type").asString()).isEqualTo("storage.full");
      Files.delete(filler);
      var status = client.awaitEnd(dataset);
      assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
      assertThat(client.images(dataset)).hasSize(70);
    }
  }

  private static JsonNode awaitOutage(UploadClient client, long dataset) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.status(dataset).get("outage"), outage -> !outage.isNull());
  }
}
