package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static dev.darkroom.archive.TestEntry.folder;
import static dev.darkroom.archive.TestEntry.symbolicLink;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.samples.SampleKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A bulk upload from the request to the finished dataset, over HTTP, as a client sees it.
class BulkUploadTest {

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64"));
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void turnsAZipIntoADataset() throws IOException {
    byte[] original = SampleImages.jpeg(800, 600);
    long dataset = client.dataset("fibo");
    var zip = TestZip.with(file("shoot/a.jpg", original), file("b.png", SampleImages.png(64, 64)));
    try (var source = ZipServer.serving(zip)) {
      var status = client.upload(dataset, source.url());
      assertThat(status.get("status").asString()).isEqualTo("completed");
      assertThat(status.get("progress_percentage").asInt()).isEqualTo(100);
      assertThat(status.get("captions").get("skipped").asInt()).isEqualTo(2);
    }
    assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isEqualTo(2);
    JsonNode image = client.images(dataset).get(0);
    assertThat(image.get("image_name").asString()).isEqualTo("shoot/a.jpg");
    assertThat(image.get("upload_source_url").isNull()).isTrue();
    assertThat(image.get("caption").isNull()).isTrue();
    assertThat(image.get("size_bytes").asInt()).isEqualTo(original.length);
    var stranger = ApiClient.anonymous(server);
    assertThat(stranger.get(image.get("image_url").asString()).bytes()).isEqualTo(original);
    var thumbnail =
        ImageIO.read(
            new ByteArrayInputStream(stranger.get(image.get("thumbnail_url").asString()).bytes()));
    assertThat(thumbnail.getWidth()).isEqualTo(512);
    assertThat(thumbnail.getHeight()).isEqualTo(384);
  }

  @Test
  void takesAllThreeFormats() {
    Assumptions.assumeTrue(
        SampleImages.canMake(SampleKind.WEBP), "no libvips here to make a WebP with");
    var zip =
        TestZip.with(
            file("a.jpeg", SampleImages.jpeg(64, 64)),
            file("b.png", SampleImages.png(64, 64)),
            file("c.webp", SampleImages.webp(64, 64)));
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(3);
    }
    assertThat(client.images(dataset))
        .extracting(image -> image.get("format").asString())
        .containsExactly("jpeg", "png", "webp");
  }

  @Test
  void accountsForEveryEntry() {
    var zip =
        TestZip.with(
            folder("shoot"),
            file("shoot/a.jpg", SampleImages.jpeg(64, 64)),
            file("__MACOSX/shoot/._a.jpg", "x"),
            file("shoot/._b.jpg", "x"),
            file(".DS_Store", "x"),
            file("Thumbs.db", "x"),
            file("desktop.ini", "x"),
            symbolicLink("link.jpg", "/etc/passwd"),
            file("inner.ZIP", "x"),
            file("notes.MD", "x"),
            file("a.txt", "x"),
            file("b.xyz", "x"));
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      var status = client.upload(dataset, source.url());
      assertThat(status.get("done").asInt()).isOne();
      assertThat(status.get("failed").asInt()).isOne();
      assertThat(status.get("total").asInt()).isEqualTo(2);
      assertThat(status.get("ignored").asInt()).isEqualTo(10);
      assertThat(status.get("ignored_entries")).hasSize(10);
      assertThat(status.get("ignored_entries"))
          .allSatisfy(entry -> assertThat(entry.get("reason").asString()).isNotBlank());
      assertThat(status.get("failed_images").get(0).get("filename").asString()).isEqualTo("b.xyz");
    }
  }

  @Test
  void keepsDuplicateNamesApartByTheirPlace() {
    var zip =
        TestZip.with(
            file("a.jpg", SampleImages.jpeg(64, 64)),
            file("a.jpg", SampleImages.jpeg(65, 64)),
            file("../a.jpg", SampleImages.jpeg(66, 64)));
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      client.upload(dataset, source.url());
    }
    assertThat(client.images(dataset))
        .extracting(image ->
            image.get("image_name").asString()
                + image.get("ordinal").asInt()
                + image.get("width").asInt())
        .containsExactly("a.jpg064", "a.jpg165", "../a.jpg266");
  }

  @Test
  void takesTheCaptionsOfALegacyArchive() {
    var windows = Charset.forName("windows-1252");
    var zip =
        TestZip.with(
            file("a.jpg", SampleImages.jpeg(64, 64)),
            file("a.txt", "  a red barn \n"),
            file("b.jpg", SampleImages.jpeg(64, 64)),
            file("b.txt", "\uFEFFdusk".getBytes(UTF_16LE)),
            file("C.JPG", SampleImages.jpeg(64, 64)),
            file("c.TXT", "Zoë’s barn".getBytes(windows)));
    long dataset = client.dataset("max");
    try (var source = ZipServer.serving(zip)) {
      var status = client.upload(dataset, source.url());
      assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(3);
      assertThat(status.get("ignored").asInt()).isEqualTo(3);
    }
    assertThat(client.images(dataset))
        .extracting(image -> image.get("caption").asString())
        .containsExactly("a red barn", "dusk", "Zoë’s barn");
    assertThat(client.images(dataset))
        .allSatisfy(
            image -> assertThat(image.get("caption_source").asString()).isEqualTo("manual"));
  }

  @Test
  void readsCaptionsThatLieFarFromTheirImages() {
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < 100; n++) entries.add(image(n));
    entries.add(file("gap.csv", "x".repeat(600_000)).stored());
    for (int n = 0; n < 100; n++) entries.add(file("%03d.txt".formatted(n), "caption " + n));
    long dataset = client.dataset("max");
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(100);
    }
    assertThat(client.images(dataset).get(77).get("caption").asString()).isEqualTo("caption 77");
  }

  @Test
  void spoolsTheZipOfAServerWithoutRanges() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(images(130)).ignoreRanges()) {
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(130);
      assertThat(source.requests()).as("the two probes and one download").hasSize(3);
    }
  }

  @Test
  void getsOverABrokenConnection() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(images(130).source());
    try (var source = ZipServer.serving(archive)) {
      var once = new CountDownLatch(1);
      archive.beforeEachRead(_ -> {
        if (source.requests().size() > 4 && once.getCount() > 0) {
          once.countDown();
          source.truncateAfter(10, 3);
        }
      });
      assertThat(client.upload(dataset, source.url()).get("done").asInt()).isEqualTo(130);
      assertThat(once.getCount()).isZero();
    }
  }

  @Test
  void showsNoImageBeforeAllAreSettled() {
    long dataset = client.dataset("fibo");
    var archive = new HookedSource(spacedImages().source());
    var release = new CountDownLatch(1);
    try (var source = ZipServer.serving(archive)) {
      archive.beforeEachRead(offset -> {
        // The second chunk begins behind the gap.
        if (offset > 700_000 && isIngesting(dataset)) awaitQuietly(release);
      });
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> client.status(dataset).get("done").asInt() == 64);
      JsonNode status = client.status(dataset);
      assertThat(status.get("status").asString()).isEqualTo("processing");
      assertThat(status.get("phase").asString()).isEqualTo("ingesting");
      assertThat(status.get("progress_percentage").asInt()).isEqualTo(99 * 64 / 70);
      assertThat(client.images(dataset)).isEmpty();
      assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isZero();
      release.countDown();
      assertThat(client.awaitEnd(dataset).get("done").asInt()).isEqualTo(70);
      assertThat(client.images(dataset)).hasSize(70);
    }
  }

  @Test
  void forgetsTheSourcesUrlAndKeepsItSealedUntilThen() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(images(1))) {
      client.upload(dataset, source.url());
      var row =
          server
              .jdbc()
              .sql("SELECT * FROM bulk_upload WHERE dataset_id = :dataset")
              .param("dataset", dataset)
              .query()
              .singleRow();
      assertThat(row.get("source_sealed")).isNull();
      assertThat(row.get("source_shown"))
          .isEqualTo("http://127.0.0.1:" + source.port() + "/archive.zip");
      assertThat(row.toString()).doesNotContain("secret");
    }
  }

  @Test
  void leavesNoTaskBehind() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(images(130))) {
      client.upload(dataset, source.url());
    }
    assertThat(
            server
                .jdbc()
                .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void cannotBeAskedAboutBeforeItIsMade() {
    var answer = client.api().get(UploadClient.path(client.dataset("fibo"), "/bulk-upload/status"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.type()).isEqualTo("bulk-upload.not-found");
  }

  private static boolean isIngesting(long dataset) {
    return client.status(dataset).get("phase").asString().equals("ingesting");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// 64 images, a gap that no read goes through, 6 more.
  private static TestZip spacedImages() {
    List<TestEntry> entries = new ArrayList<>();
    for (int n = 0; n < 64; n++) entries.add(image(n));
    entries.add(file("gap.csv", "x".repeat(700_000)).stored());
    for (int n = 64; n < 70; n++) entries.add(image(n));
    entries.add(file("end.csv", "x".repeat(200_000)).stored());
    return TestZip.with(entries);
  }

  private static TestZip images(int count) {
    return TestZip.with(IntStream.range(0, count).mapToObj(BulkUploadTest::image).toList());
  }

  private static TestEntry image(int n) {
    return file("%03d.png".formatted(n), SampleImages.png(64, 64));
  }
}
