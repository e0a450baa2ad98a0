package dev.darkroom.basicupload;

import static dev.darkroom.basicupload.BasicUploadClient.added;
import static dev.darkroom.basicupload.BasicUploadClient.assertRefused;
import static dev.darkroom.basicupload.BasicUploadClient.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.image.TestPng;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.samples.SampleKind;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What becomes of an image that is uploaded by itself, and which datasets take one.
class BasicUploadTest {

  private static final int[] PATCHES = {0xc83c32, 0x5aa050, 0x3c5aa0, 0xffffff};

  private static TestServer server;
  private static BasicUploadClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("darkroom.limits.max-entry-bytes", Integer.toString(8 << 20)));
    client = new BasicUploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class AnImageThatIsLargeEnough {

    @ParameterizedTest
    @EnumSource(
        mode = EnumSource.Mode.EXCLUDE,
        names = {"TRANSPARENT_PNG", "TRANSPARENT_WEBP"})
    void staysAsItIsToTheByte(SampleKind kind) throws Exception {
      assumeTrue(SampleImages.canMake(kind), "made with libvips");
      byte[] bytes = SampleImages.of(kind, 1024, 1100);
      JsonNode image = added(client.send(client.dataset(), bytes));
      assertThat(client.bytes(image)).isEqualTo(bytes);
      assertStored(image, bytes);
      assertThat(image.get("width").asInt()).isEqualTo(1024);
      assertThat(image.get("height").asInt()).isEqualTo(1100);
      assertThat(client.thumbnail(image).getHeight()).isEqualTo(512);
    }

    @Test
    void isTheSameWithoutUpscaling() {
      byte[] bytes = SampleImages.jpeg(1024, 1024);
      var image = added(client.send(client.dataset(), bytes, Map.of("increase_resolution", false)));
      assertThat(client.bytes(image)).isEqualTo(bytes);
    }

    /// The orientation is part of what stays.
    @Test
    void measuresAsItIsSeen() {
      byte[] bytes = SampleImages.withOrientation(SampleImages.jpeg(1200, 1024), 6);
      var image = added(client.send(client.dataset(), bytes));
      assertThat(image.get("width").asInt()).isEqualTo(1024);
      assertThat(image.get("height").asInt()).isEqualTo(1200);
      assertThat(client.bytes(image)).isEqualTo(bytes);
    }
  }

  @Nested
  class AnImageThatIsTooSmall {

    @ParameterizedTest
    @CsvSource({
      "JPEG,600,400,1536,1024,jpeg",
      "PROGRESSIVE_JPEG,256,256,1024,1024,jpeg",
      "GREY_JPEG,300,1000,1024,3413,jpeg",
      "CMYK_JPEG_WITH_PROFILE,500,512,1024,1049,jpeg",
      "WIDE_GAMUT_JPEG,1023,1200,1024,1201,jpeg",
      "PNG,256,300,1024,1200,png",
      "PALETTE_PNG,1023,1023,1024,1024,png",
      "SIXTEEN_BIT_PNG,512,256,2048,1024,png",
      "WEBP,800,600,1365,1024,png",
    })
    void isUpscaledToTheSmallestSizeOnItsShortSide(
        SampleKind kind, int width, int height, int newWidth, int newHeight, String format)
        throws Exception {
      assumeTrue(SampleImages.canMake(kind), "made with libvips");
      byte[] bytes = SampleImages.patches(kind, width, height);
      JsonNode image = added(client.send(client.dataset(), bytes));
      byte[] stored = client.bytes(image);
      assertStored(image, stored);
      assertThat(image.get("format").asString()).isEqualTo(format);
      assertThat(image.get("width").asInt()).isEqualTo(newWidth);
      assertThat(image.get("height").asInt()).isEqualTo(newHeight);
      var picture = client.picture(image);
      assertThat(picture.getWidth()).isEqualTo(newWidth);
      assertThat(picture.getHeight()).isEqualTo(newHeight);
      assertThat(Math.max(client.thumbnail(image).getWidth(), client.thumbnail(image).getHeight()))
          .isEqualTo(512);
      if (kind != SampleKind.GREY_JPEG) assertPatches(picture, 30);
    }

    @Test
    void isTurnedUprightOnce() {
      byte[] bytes =
          SampleImages.withOrientation(SampleImages.patches(SampleKind.JPEG, 600, 400), 6);
      JsonNode image = added(client.send(client.dataset(), bytes));
      assertThat(image.get("width").asInt()).isEqualTo(1024);
      assertThat(image.get("height").asInt()).isEqualTo(1536);
      var picture = client.picture(image);
      assertThat(picture.getWidth()).isEqualTo(1024);
      // What is stored at the lower left comes to the upper left.
      assertColour(picture, 0, PATCHES[2], 12);
      assertColour(client.thumbnail(image), 0, PATCHES[2], 12);
      assertThat(new String(client.bytes(image), StandardCharsets.ISO_8859_1))
          .doesNotContain("Exif");
    }

    @Test
    void isRefusedWithItsSizeWhereItMayNotBeUpscaled() {
      long dataset = client.dataset();
      Answer answer =
          client.send(dataset, SampleImages.jpeg(1400, 1023), Map.of("increase_resolution", false));
      assertRefused(answer, 412, "image.too-small");
      assertThat(answer.json().get("message").asString()).contains("1400 x 1023", "1024");
      assertThat(client.images(dataset)).isEmpty();
    }

    @Test
    void isUpscaledOrNotAsAFormSays() {
      byte[] small = SampleImages.jpeg(600, 400);
      var yes = new TestForm().file("a.jpg", small).text("increase_resolution", "true");
      assertThat(added(client.send(client.dataset(), yes)).get("height").asInt()).isEqualTo(1024);
      var no = new TestForm().file("a.jpg", small).text("increase_resolution", "false");
      assertRefused(client.send(client.dataset(), no), 412, "image.too-small");
    }

    @Test
    void isRefusedWhereUpscalingIsOfNoUse() {
      long dataset = client.dataset();
      Answer answer = client.send(dataset, SampleImages.jpeg(2000, 255));
      assertRefused(answer, 412, "image.too-small");
      assertThat(answer.json().get("message").asString()).contains("2000 x 255", "256");
      assertRefused(
          client.send(dataset, SampleImages.jpeg(255, 255), Map.of("increase_resolution", false)),
          412,
          "image.too-small");
      assertThat(client.images(dataset)).isEmpty();
    }

    @Test
    void isRefusedWhereItWouldBecomeTooLarge() {
      Answer answer = client.send(client.dataset(), SampleImages.png(256, 25_000));
      assertRefused(answer, 413, "basic-upload.too-narrow");
      assertThat(answer.json().get("message").asString()).contains("1024 x 100000");
      assertThat(answer.json().get("limit").asLong()).isEqualTo(100_000_000);
    }
  }

  @Nested
  class ATransparentImage {

    @ParameterizedTest
    @CsvSource({"TRANSPARENT_PNG,1024", "TRANSPARENT_WEBP,1024", "TRANSPARENT_PNG,600"})
    void becomesBlackWhereItIsTransparent(SampleKind kind, int size) throws Exception {
      assumeTrue(SampleImages.canMake(kind), "made with libvips");
      byte[] bytes = SampleImages.patches(kind, size, size);
      JsonNode image =
          added(client.send(client.dataset(), bytes, Map.of("increase_resolution", true)));
      byte[] stored = client.bytes(image);
      assertStored(image, stored);
      assertThat(image.get("format").asString()).isEqualTo("png");
      assertThat(image.get("width").asInt()).isEqualTo(1024);
      var picture = client.picture(image);
      assertThat(picture.getColorModel().hasAlpha()).isFalse();
      // Half of the light of 0xc83c32, and all of it.
      assertColour(picture, 0, 0x641e19, 12);
      assertColour(picture, 1, PATCHES[1], 12);
      assertColour(client.thumbnail(image), 0, 0x641e19, 12);
    }

    @Test
    void becomesBlackWithoutUpscaling() {
      byte[] bytes = SampleImages.patches(SampleKind.TRANSPARENT_PNG, 1024, 1024);
      var image = added(client.send(client.dataset(), bytes, Map.of("increase_resolution", false)));
      assertColour(client.picture(image), 0, 0x641e19, 12);
    }
  }

  @Nested
  class AnImageThatIsNone {

    @Test
    void isRefusedByItsContent() {
      long dataset = client.dataset();
      assertRefused(
          client.send(dataset, SampleImages.gif(1024, 1024), Map.of("image_name", "a.jpg")),
          415,
          "image.unsupported-format");
      assertRefused(
          client.send(dataset, "<html>not found</html>".getBytes(StandardCharsets.UTF_8)),
          415,
          "image.unsupported-format");
      assertRefused(client.send(dataset, new byte[0]), 422, "image.empty");
      byte[] jpeg = SampleImages.jpeg(1024, 1024);
      assertRefused(
          client.send(dataset, SampleImages.truncated(jpeg, 0.5)), 422, "image.truncated");
      byte[] png = SampleImages.png(1024, 1024);
      assertRefused(
          client.send(dataset, SampleImages.flipped(png, png.length / 2, 4)), 422, "image.corrupt");
      assertThat(client.images(dataset)).isEmpty();
    }

    /// A few kilobytes that would be gigabytes: told from the header, before anything is decoded.
    @Test
    void isRefusedBeforeItInflates() {
      Answer answer = client.send(client.dataset(), bomb(40_000, 40_000));
      assertRefused(answer, 413, "image.too-many-pixels");
      assertThat(answer.json().get("actual").asLong()).isEqualTo(1_600_000_000);
    }

    @Test
    void isRefusedWhereItIsTooLarge() {
      var tooLong = new byte[(8 << 20) + 1];
      Answer answer = client.send(client.dataset(), tooLong);
      assertRefused(answer, 413, "sent-image.too-large");
      assertThat(answer.json().get("limit").asLong()).isEqualTo(8 << 20);
      assertRefused(
          client.send(client.dataset(), new TestForm().file("a.jpg", tooLong)),
          413,
          "sent-image.too-large");
    }
  }

  @Nested
  class ADataset {

    @Test
    void isAskedForBeforeItsImage() {
      byte[] gif = SampleImages.gif(10, 10);
      assertRefused(client.send(999_999, gif), 404, "dataset.not-found");
      assertRefused(client.send(client.advanced(), gif), 409, "basic-upload.dataset-not-basic");
      long completed = client.dataset();
      server.jdbc().sql("UPDATE dataset SET status = 'completed' WHERE id = " + completed).update();
      assertRefused(client.send(completed, gif), 409, "basic-upload.dataset-completed");
    }

    @Test
    void takesNoImageWithATokenThatMayOnlyRead() {
      var reader =
          ApiClient.anonymous(server)
              .with("api_token", TestTokens.make(server, "default", Scope.READ));
      var body = Map.of("file", BasicUploadClient.base64(SampleImages.gif(10, 10)));
      assertRefused(reader.post(path(client.dataset(), "/images"), body), 403, "token.read-only");
      assertRefused(reader.post(path(999_999, "/images"), body), 404, "dataset.not-found");
      assertRefused(
          reader.post(path(client.dataset(), "/images"), Map.of()),
          400,
          "basic-upload.not-one-source");
      assertThat(ApiClient.anonymous(server).post(path(1, "/images"), body).status())
          .isEqualTo(401);
    }

    @Test
    void givesItsImagesInTheOrderOfTheirUploads() {
      long dataset = client.dataset();
      for (int n = 0; n < 3; n++) {
        var name = Map.of("image_name", "z" + (9 - n) + ".jpg");
        var image = added(client.send(dataset, SampleImages.jpeg(1024, 1024 + n), name));
        assertThat(image.get("ordinal").asInt()).isEqualTo(n);
        assertThat(image).isEqualTo(client.image(image));
      }
      assertThat(client.images(dataset))
          .extracting(image -> image.get("image_name").asString())
          .containsExactly("z9.jpg", "z8.jpg", "z7.jpg");
      assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isEqualTo(3);
      assertThat(client.datasetAsSeen(dataset).get("images")).hasSize(3);
    }

    @Test
    void takesTwoHundredImagesAndOfUploadsAtTheSameInstantNoMore() throws Exception {
      long dataset = client.dataset();
      byte[] bytes = SampleImages.jpeg(1024, 1024);
      added(client.send(dataset, bytes));
      // As 189 further uploads.
      server
          .jdbc()
          .sql(
              """
              INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, width, height,
                format, size_bytes, sha256, perceptual_hash, had_alpha, exif, created_at, updated_at)
              SELECT dataset_id, stored_object_id, n, published, image_name, width, height,
                format, size_bytes, sha256, perceptual_hash, had_alpha, exif, created_at, updated_at
              FROM dataset_image, generate_series(1, 189) n WHERE dataset_id = :dataset
              """)
          .param("dataset", dataset)
          .update();
      List<Future<Answer>> answers = new ArrayList<>();
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int n = 0; n < 24; n++) answers.add(clients.submit(() -> client.send(dataset, bytes)));
      }
      Set<Integer> ordinals = new HashSet<>();
      int refused = 0;
      for (var answer : answers) {
        if (answer.get().status() == 201) {
          ordinals.add(answer.get().json().get("ordinal").asInt());
        } else {
          assertRefused(answer.get(), 409, "basic-upload.dataset-full");
          assertThat(answer.get().json().get("limit").asInt()).isEqualTo(200);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(14);
      assertThat(ordinals).hasSize(10).allMatch(ordinal -> ordinal >= 190 && ordinal < 200);
      assertThat(client.images(dataset)).hasSize(200);
      Answer answer = client.send(dataset, bytes);
      assertRefused(answer, 409, "basic-upload.dataset-full");
      // One that goes makes room for one.
      long first = client.images(dataset).get(0).get("id").asLong();
      assertThat(client.api().delete(path(dataset, "/images/" + first)).status()).isEqualTo(204);
      added(client.send(dataset, bytes));
    }
  }

  /// Its header says more than its bytes hold.
  private static byte[] bomb(int width, int height) {
    int bitDepth = 1;
    int grey = 0;
    return TestPng.of(
        TestPng.header(width, height, bitDepth, grey),
        TestPng.data(1, width / 8 + 1, 0),
        TestPng.END);
  }

  private static void assertStored(JsonNode image, byte[] stored) throws Exception {
    assertThat(image.get("size_bytes").asLong()).isEqualTo(stored.length);
    assertThat(image.get("sha256").asString())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored)));
    assertThat(image.get("caption").isNull()).isTrue();
    assertThat(image.get("caption_source").isNull()).isTrue();
  }

  private static void assertPatches(BufferedImage picture, int tolerance) {
    for (int n = 0; n < PATCHES.length; n++) assertColour(picture, n, PATCHES[n], tolerance);
  }

  /// In the middle of a patch: upper left, upper right, lower left, lower right.
  private static void assertColour(BufferedImage picture, int patch, int rgb, int tolerance) {
    int x = picture.getWidth() * (1 + 2 * (patch % 2)) / 4;
    int y = picture.getHeight() * (1 + 2 * (patch / 2)) / 4;
    int found = picture.getRGB(x, y);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(found >> shift & 0xff)
          .as("patch %d: %06x for %06x", patch, found & 0xffffff, rgb)
          .isCloseTo(rgb >> shift & 0xff, within(tolerance));
    }
  }
}
