package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.decoding.CrashingDecoder;
import dev.darkroom.samples.SampleImages;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Each reason for which one image fails, beside a good one that it must not stop.
class FailedImagesTest {

  private static final int MAX_ENTRY_BYTES = 1_000_000;
  private static final int MAX_PIXELS = 2_000_000;

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses",
                "127.0.0.1/32",
                "darkroom.limits.max-pixels",
                Integer.toString(MAX_PIXELS),
                "darkroom.limits.max-entry-bytes",
                Integer.toString(MAX_ENTRY_BYTES),
                "darkroom.limits.max-caption-bytes",
                "1000"),
            CrashingDecoder.Configuration.class);
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> badImages() {
    byte[] good = good();
    return Stream.of(
        Arguments.of(file("a.jpg", SampleImages.jpeg(1023, 1024)), 412, "image.too-small"),
        Arguments.of(file("a.png", SampleImages.png(64, 64)), 412, "image.too-small"),
        Arguments.of(file("a.jpg", good).size(MAX_ENTRY_BYTES + 1L), 413, "entry.too-large"),
        Arguments.of(
            file("a.jpg", good).size(good.length - 1L), 413, "entry.inflates-past-declared"),
        Arguments.of(file("a.jpg", SampleImages.jpeg(2000, 1024)), 413, "image.too-many-pixels"),
        Arguments.of(file("a.jpg", SampleImages.gif(64, 64)), 415, "image.unsupported-format"),
        Arguments.of(file("a.jpg", "no image"), 415, "image.unsupported-format"),
        Arguments.of(file("a.jpg", good).encrypted(), 415, "entry.encrypted"),
        Arguments.of(file("a.jpg", good).method(14), 415, "entry.method-not-supported"),
        Arguments.of(file("a.jpg", new byte[0]), 422, "entry.empty"),
        Arguments.of(file("a.jpg", SampleImages.truncated(good, 0.5)), 422, "image.truncated"),
        Arguments.of(
            file("a.jpg", good).damaged(FailedImagesTest::withReservedBlock), 422, "entry.corrupt"),
        Arguments.of(file("a.jpg", good).crc32(1), 422, "entry.bad-checksum"),
        Arguments.of(file("a.jpg", good).localName("b.jpg"), 422, "entry.local-header-disagrees"),
        Arguments.of(file("a.jpg", good).localMethod(0), 422, "entry.local-header-disagrees"),
        Arguments.of(
            file("a.jpg", SampleImages.jpeg(CrashingDecoder.WIDTH, 1024)),
            500,
            "image.decoder-failed"),
        Arguments.of(
            file("a.jpg", SampleImages.jpeg(CrashingDecoder.WIDTH_OF_A_BOMB, 1024)),
            500,
            "image.decoder-failed"),
        Arguments.of(
            file("a.jpg", SampleImages.jpeg(CrashingDecoder.WIDTH_OF_A_CRASH, 1024)),
            500,
            "image.decoder-failed"));
  }

  @ParameterizedTest
  @MethodSource("badImages")
  void areReportedAndStopNoOther(TestEntry bad, int code, String type) {
    var status = upload("fibo", Map.of(), TestZip.with(bad, file("good.jpg", good())));
    assertThat(status.get("status").asString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isOne();
    JsonNode failed = status.get("failed_images").get(0);
    assertThat(failed.get("type").asString()).as(failed.toString()).isEqualTo(type);
    assertThat(failed.get("error_code").asInt()).isEqualTo(code);
    assertThat(failed.get("filename").asString()).startsWith("a.");
    assertThat(failed.get("ordinal").asInt()).isZero();
    assertThat(failed.get("error_message").asString()).isNotBlank();
  }

  @Test
  void tellTheMeasuredSizeAndTheLimit() {
    var status =
        upload("fibo", Map.of(), TestZip.with(file("a.jpg", SampleImages.jpeg(900, 1200))));
    JsonNode failed = status.get("failed_images").get(0);
    assertThat(failed.get("error_message").asString()).contains("900 x 1200").contains("1024");
    assertThat(failed.get("limit").asInt()).isEqualTo(1024);
    assertThat(failed.get("actual").asInt()).isEqualTo(900);
  }

  @Test
  void areMeasuredAfterTheOrientation() {
    byte[] upright = SampleImages.withOrientation(SampleImages.jpeg(1100, 1024), 6);
    var dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TestZip.with(file("a.jpg", upright)))) {
      client.upload(dataset, source.url());
    }
    JsonNode image = client.images(dataset).get(0);
    assertThat(image.get("width").asInt()).isEqualTo(1024);
    assertThat(image.get("height").asInt()).isEqualTo(1100);
  }

  @Test
  void areNoneForTheRightImageUnderTheWrongName() {
    var zip =
        TestZip.with(
            file("a.png", good()), file("b.jpg", SampleImages.png(1024, 1024)), file("c", good()));
    var status = upload("fibo", Map.of(), zip);
    assertThat(status.get("done").asInt()).as(status.toString()).isEqualTo(3);
  }

  @Test
  void completeTheUploadEvenWhenAllFail() {
    var status = upload("fibo", Map.of(), TestZip.with(file("a.jpg", "x"), file("b.jpg", "y")));
    assertThat(status.get("status").asString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isZero();
    assertThat(status.get("failed").asInt()).isEqualTo(2);
    assertThat(status.get("progress_percentage").asInt()).isEqualTo(100);
  }

  static Stream<Arguments> badCaptions() {
    return Stream.of(
        Arguments.of(file("other.txt", "a barn"), "caption.missing"),
        Arguments.of(file("a.txt", " \n"), "caption.blank"),
        Arguments.of(file("a.txt", new byte[0]), "caption.blank"),
        Arguments.of(file("a.txt", new byte[] {(byte) 0x81, 0}), "caption.unreadable"),
        Arguments.of(file("a.txt", "x".repeat(1001)), "caption.unreadable"),
        Arguments.of(file("a.txt", "a barn").crc32(1), "caption.unreadable"));
  }

  @ParameterizedTest
  @MethodSource("badCaptions")
  void lackACaptionThatLegacyNeeds(TestEntry text, String type) {
    var status = upload("max", Map.of(), TestZip.with(file("a.jpg", good()), text));
    JsonNode failed = status.get("failed_images").get(0);
    assertThat(failed.get("type").asString()).isEqualTo(type);
    assertThat(failed.get("error_code").asInt()).isEqualTo(400);
    assertThat(status.get("done").asInt()).isZero();
  }

  @Test
  void lackNothingWhereCaptionsAreGenerated() {
    var zip =
        TestZip.with(file("a.jpg", good()), file("b.jpg", good()), file("b.txt", new byte[0]));
    var status = upload("max", Map.of("automatic_captioning", true), zip);
    assertThat(status.get("done").asInt()).isEqualTo(2);
  }

  private static JsonNode upload(String version, Map<String, Object> more, TestZip zip) {
    try (var source = ZipServer.serving(zip)) {
      return client.upload(client.dataset(version), source.url(), more);
    }
  }

  private static byte[] good() {
    return SampleImages.jpeg(1024, 1024);
  }

  /// The block type 11, which RFC 1951, section 3.2.3, reserves as an error.
  private static byte[] withReservedBlock(byte[] deflated) {
    byte[] damaged = deflated.clone();
    damaged[0] |= 0b110;
    return damaged;
  }
}
