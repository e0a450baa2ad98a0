package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.samples.SampleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The report of duplicates, over HTTP.
class DuplicatesTest {

  private static final byte[] LANDSCAPE = SampleImages.png(800, 600);
  private static final byte[] SMALLER = SampleImages.jpeg(400, 300);
  private static final byte[] OTHER = SampleImages.patches(SampleKind.PNG, 320, 240);

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
  void listImagesWithTheSameBytesAndImagesThatLookAlike() {
    long dataset = client.dataset("fibo");
    var zip =
        TestZip.with(
            file("a.png", LANDSCAPE),
            file("b.png", OTHER),
            file("x/a.png", LANDSCAPE),
            file("small.jpg", SMALLER));
    try (var source = ZipServer.serving(zip)) {
      client.upload(dataset, source.url());
    }
    JsonNode duplicates = duplicates(dataset).json();
    JsonNode images = client.images(dataset);
    assertThat(duplicates.get("status").asString()).isEqualTo("completed");
    assertThat(duplicates.get("exact")).hasSize(1);
    JsonNode exact = duplicates.get("exact").get(0);
    assertThat(exact.get("sha256")).isEqualTo(images.get(0).get("sha256"));
    assertThat(exact.get("images").get(1).get("id")).isEqualTo(images.get(2).get("id"));
    assertThat(filenames(exact)).containsExactly("a.png", "x/a.png");
    assertThat(duplicates.get("near")).hasSize(1);
    JsonNode near = duplicates.get("near").get(0);
    assertThat(filenames(near))
        .as("of the same bytes the first only")
        .containsExactly("a.png", "small.jpg");
    assertThat(near.get("images").get(1).get("ordinal").asInt()).isEqualTo(3);
    assertThat(near.get("distance").asInt()).isBetween(0, Likeness.MAX_DISTANCE);
  }

  @Test
  void forgetAnImageThatIsDeleted() {
    long dataset = client.dataset("fibo");
    var zip = TestZip.with(file("a.png", OTHER), file("b.png", OTHER));
    try (var source = ZipServer.serving(zip)) {
      client.upload(dataset, source.url());
    }
    long image = client.images(dataset).get(0).get("id").asLong();
    assertThat(duplicates(dataset).json().get("exact")).hasSize(1);
    assertThat(client.api().delete(UploadClient.path(dataset, "/images/" + image)).status())
        .isEqualTo(204);
    assertThat(duplicates(dataset).json().get("exact")).isEmpty();
  }

  @Test
  void areNotToldBeforeTheImagesArePublished() {
    long dataset = client.dataset("fibo");
    var release = new CountDownLatch(1);
    var archive =
        new HookedSource(TestZip.with(file("a.png", OTHER), file("b.png", OTHER)).source());
    try (var source = ZipServer.serving(archive)) {
      archive.beforeEachRead(_ -> {
        if (isAccepted(dataset)) awaitQuietly(release);
      });
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      JsonNode early = duplicates(dataset).json();
      assertThat(early.get("status").asString()).isIn("pending", "processing");
      assertThat(early.get("exact")).isEmpty();
      assertThat(early.get("near")).isEmpty();
      release.countDown();
      client.awaitEnd(dataset);
    }
    assertThat(duplicates(dataset).json().get("exact")).hasSize(1);
  }

  @Test
  void areNotFoundWithoutAnUpload() {
    Answer answer = duplicates(client.dataset("fibo"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.type()).isEqualTo("bulk-upload.not-found");
    assertThat(duplicates(999_999).type()).isEqualTo("dataset.not-found");
  }

  private static boolean isAccepted(long dataset) {
    return client.api().get(UploadClient.path(dataset, "/bulk-upload/status")).status() == 200;
  }

  private static Answer duplicates(long dataset) {
    return client.api().get(UploadClient.path(dataset, "/images/bulk-upload/duplicates"));
  }

  private static List<String> filenames(JsonNode group) {
    List<String> names = new ArrayList<>();
    group.get("images").forEach(image -> names.add(image.get("filename").asString()));
    return names;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
