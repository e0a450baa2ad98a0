package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.decoding.CrashingDecoder;
import dev.darkroom.failurereport.FailedImages;
import dev.darkroom.failurereport.FailureSelection;
import dev.darkroom.failurereport.ReportedImage;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StoredObjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Of which failed images a thumbnail is kept, and for how long.
class FailedImageThumbnailsTest {

  private static final int MAX_PIXELS = 2_000_000;
  private static final byte[] SMALL = SampleImages.jpeg(900, 700);

  private static TestServer server;
  private static UploadClient client;
  private static ApiClient browser;
  private static TestModerator moderator;
  private static FaultyStore store;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.max-pixels", Integer.toString(MAX_PIXELS),
                "db-scheduler.polling-interval", "20ms"),
            CrashingDecoder.Configuration.class,
            FaultyStore.Configuration.class,
            TestModerator.Configuration.class);
    client = new UploadClient(server);
    browser = ApiClient.anonymous(server);
    moderator = server.bean(TestModerator.class);
    store = server.bean(FaultyStore.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    store.recover();
    moderator.passAll();
  }

  @Test
  void showAnImageThatIsTooSmall() throws IOException {
    byte[] turned = SampleImages.withOrientation(SampleImages.jpeg(1100, 700), 6);
    long dataset = upload("fibo", Map.of(), file("shoot/a.jpg", turned));
    Answer answer = browser.get(link(dataset, "image.too-small"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue("image/jpeg");
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy")).hasValue("sandbox; default-src 'none'");
    assertThat(answer.header("Content-Disposition").orElseThrow())
        .startsWith("inline;")
        .contains("a.jpg.jpeg");
    assertThat(answer.header("Cache-Control").orElseThrow()).endsWith(", private");
    var picture = ImageIO.read(new ByteArrayInputStream(answer.bytes()));
    assertThat(List.of(picture.getWidth(), picture.getHeight())).isEqualTo(List.of(326, 512));
  }

  @Test
  void areServedAsThoseOfOtherImagesAre() {
    String link = link(upload("fibo", Map.of(), file("a.jpg", SMALL)), "image.too-small");
    var whole = browser.get(link);
    var part = browser.with("Range", "bytes=0-9").get(link);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.bytes()).hasSize(10);
    var etag = whole.header("ETag").orElseThrow();
    assertThat(browser.with("If-None-Match", etag).get(link).status()).isEqualTo(304);
    assertThat(browser.send("HEAD", link, BodyPublishers.noBody()).header("Content-Length"))
        .hasValue(Integer.toString(whole.bytes().length));
    for (String bad :
        List.of(
            link.replaceFirst("/0/", "/1/"),
            link.replaceFirst("\\?.*", ""),
            link.replaceFirst("expires=\\d+", "expires=99999999999"))) {
      assertThat(browser.get(bad).type()).as(bad).isEqualTo("image-link.invalid");
    }
  }

  static Stream<Arguments> badCaptions() {
    return Stream.of(
        Arguments.of(file("a.txt", " \n"), "caption.blank"),
        Arguments.of(file("a.txt", new byte[] {(byte) 0x81, 0}), "caption.unreadable"));
  }

  @ParameterizedTest
  @MethodSource("badCaptions")
  void showAnImageWhoseCaptionIsBadAndNothingElseOfItIsKept(TestEntry text, String type) {
    long dataset = upload("max", Map.of(), file("a.jpg", good()), text);
    cleanUpOnceNoTaskIsLeft();
    assertThat(filesOf(dataset)).singleElement().asString().endsWith("-thumbnail");
    assertThat(browser.get(link(dataset, type)).status()).isEqualTo(200);
  }

  static Stream<Arguments> notShown() {
    return Stream.of(
        Arguments.of(file("a.jpg", SampleImages.truncated(SMALL, 0.5)), "image.truncated"),
        Arguments.of(file("a.jpg", SMALL).crc32(1), "entry.bad-checksum"),
        Arguments.of(file("a.jpg", SampleImages.gif(64, 64)), "image.unsupported-format"),
        Arguments.of(file("a.jpg", SampleImages.jpeg(2000, 1024)), "image.too-many-pixels"),
        Arguments.of(file("a.jpg", new byte[0]), "entry.empty"),
        Arguments.of(
            file("a.jpg", SampleImages.jpeg(CrashingDecoder.WIDTH, 1024)), "image.decoder-failed"),
        Arguments.of(
            file("a.jpg", SampleImages.jpeg(CrashingDecoder.WIDTH, 64)), "image.too-small"),
        Arguments.of(
            file("a.jpg", SampleImages.jpeg(CrashingDecoder.WIDTH_OF_A_CRASH, 64)),
            "image.too-small"));
  }

  @ParameterizedTest
  @MethodSource("notShown")
  void areNotKeptOfWhatIsDamagedOrWasNeverDecodedWell(TestEntry bad, String type) {
    long dataset = upload("fibo", Map.of(), bad);
    assertNothingIsShown(dataset, type);
  }

  @Test
  void areNotKeptOfAnImageThatWasNeverReadBecauseItLacksACaption() {
    assertNothingIsShown(upload("max", Map.of(), file("a.jpg", good())), "caption.missing");
  }

  @Test
  void areNotKeptOfAModeratedUploadWhateverItsImagesFailFor() {
    moderator.become((_, _) -> new Verdict.Rejected("porn", 0.9, 0.6, Map.of("porn", 0.9)));
    long dataset =
        upload(
            "max",
            Map.of("content_moderation", true),
            file("a.jpg", SMALL),
            file("a.txt", "a barn"),
            file("b.jpg", good()),
            file("b.txt", " "),
            file("c.jpg", good()),
            file("c.txt", "a barn"));
    for (String type : List.of("image.too-small", "caption.blank", "moderation.rejected")) {
      assertThat(failed(dataset, type).thumbnailLink()).as(type).isNull();
    }
    cleanUpOnceNoTaskIsLeft();
    assertThat(filesOf(dataset)).isEmpty();
  }

  @Test
  void goWithTheirDataset() {
    long dataset = upload("fibo", Map.of(), file("a.jpg", SMALL), file("b.jpg", good()));
    String link = link(dataset, "image.too-small");
    Path folder = folderOf(dataset);
    cleanUpOnceNoTaskIsLeft();
    assertThat(files(folder)).as("two of the good one").hasSize(3);
    assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
    Answer gone = browser.get(link);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.type()).isEqualTo("failure-report.thumbnail-not-found");
    cleanUpOnceNoTaskIsLeft();
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void areNotInheritedByAClone() {
    long dataset = upload("fibo", Map.of(), file("a.jpg", SMALL), file("b.jpg", good()));
    Answer clone = client.api().post(UploadClient.path(dataset, "/clone"), Map.of());
    long cloned = clone.json().get("id").asLong();
    var tooSmall = new FailureSelection("image.too-small", "", 0, 10);
    assertThat(server.bean(FailedImages.class).count(cloned, tooSmall)).isZero();
    Path folder = folderOf(dataset);
    client.api().delete(UploadClient.path(dataset, ""));
    cleanUpOnceNoTaskIsLeft();
    assertThat(files(folder)).as("those that the clone shares").hasSize(2);
    client.api().delete(UploadClient.path(cloned, ""));
    cleanUpOnceNoTaskIsLeft();
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void goWithAnUploadThatIsCancelled() throws InterruptedException {
    long dataset = client.dataset("fibo");
    // The first chunk is settled, and the second one holds.
    var entries = Stream.<TestEntry>builder().add(file("a.jpg", SMALL));
    for (int n = 0; n < 64; n++) entries.add(file("%d.jpg".formatted(n), "no image"));
    var reached = new CountDownLatch(1);
    store.beforeEachPut(key -> {
      if (key.value().contains("/00065")) {
        reached.countDown();
        hold();
      }
    });
    var zip = TestZip.with(entries.add(file("z.jpg", good())).build().toList());
    try (var source = ZipServer.serving(zip)) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      reached.await();
      await().until(() -> client.status(dataset).get("failed").asInt() >= 64);
      String link = link(dataset, "image.too-small");
      assertThat(browser.get(link).status()).isEqualTo(200);
      String cancel = UploadClient.path(dataset, "/images/bulk-upload/cancel");
      assertThat(client.api().post(cancel, "").status()).isEqualTo(202);
      assertThat(browser.get(link).status()).isEqualTo(404);
    }
    assertNothingIsShown(dataset, "image.too-small");
    assertThat(client.status(dataset).get("failed").asInt()).isGreaterThanOrEqualTo(64);
  }

  @Test
  void loseTheOriginalOnceMoreThatALostNodePutsAgain() throws IOException {
    long dataset = upload("max", Map.of(), file("a.jpg", good()), file("a.txt", " "));
    cleanUpOnceNoTaskIsLeft();
    long upload = uploadOf(dataset);
    var image = new ObjectKey("uploads/%d/00000".formatted(upload));
    try (var _ = server.bean(StoredObjects.class).announce(upload, List.of(image))) {
      server.bean(ObjectStore.class).put(image.original(), new ByteArrayInputStream(new byte[1]));
    }
    server.bean(CleanUpTask.class).run();
    assertThat(filesOf(dataset)).singleElement().asString().endsWith("-thumbnail");
  }

  private static void assertNothingIsShown(long dataset, String type) {
    assertThat(failed(dataset, type).thumbnailLink()).isNull();
    cleanUpOnceNoTaskIsLeft();
    assertThat(filesOf(dataset)).isEmpty();
  }

  private static String link(long dataset, String type) {
    return Objects.requireNonNull(failed(dataset, type).thumbnailLink());
  }

  private static ReportedImage failed(long dataset, String type) {
    List<ReportedImage> page =
        server.bean(FailedImages.class).page(dataset, new FailureSelection(type, "", 0, 10));
    assertThat(page).as("failed for %s", type).hasSize(1);
    return page.getFirst();
  }

  private static long upload(String version, Map<String, Object> more, TestEntry... entries) {
    long dataset = client.dataset(version);
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      JsonNode status = client.upload(dataset, source.url(), more);
      assertThat(status.get("status").asString()).isEqualTo("completed");
    }
    return dataset;
  }

  private static byte[] good() {
    return SampleImages.jpeg(1024, 1024);
  }

  private static void hold() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cleanUpOnceNoTaskIsLeft() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
    server.bean(CleanUpTask.class).run();
  }

  private static List<Path> filesOf(long dataset) {
    return files(folderOf(dataset));
  }

  private static Path folderOf(long dataset) {
    return server.data().resolve("objects/uploads/" + uploadOf(dataset));
  }

  private static List<Path> files(Path folder) {
    if (!Files.exists(folder)) return List.of();
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int uploadOf(long dataset) {
    return count("SELECT id FROM bulk_upload WHERE dataset_id = " + dataset);
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
