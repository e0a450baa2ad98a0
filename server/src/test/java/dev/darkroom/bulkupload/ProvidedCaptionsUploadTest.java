package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The captions that people's archives bring along, from the ZIP to the dataset.
class ProvidedCaptionsUploadTest {

  private static final byte[] IMAGE = SampleImages.png(64, 64);
  private static final int MAX_METADATA_BYTES = 20_000;

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64",
                "darkroom.limits.max-caption-bytes", "100",
                "darkroom.limits.max-metadata-bytes", Integer.toString(MAX_METADATA_BYTES)));
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void comeInAllFormsAtOnce() {
    var upload =
        upload(
            Map.of(),
            file("a.png", IMAGE),
            file("a.png.txt", "a barn"),
            file("b.png", IMAGE),
            file("b.caption", "a mill"),
            file("c.png", IMAGE),
            file("metadata.jsonl", "{\"file_name\": \"c.png\", \"text\": \" a pond \"}\n"),
            file("x/y/d.png", IMAGE),
            file("x/metadata.csv", "file_name,text\r\ny\\D.png,\"a road, wet\"\r\n"));
    assertThat(upload.captions)
        .isEqualTo(
            Map.of(
                "a.png",
                "a barn",
                "b.png",
                "a mill",
                "c.png",
                "a pond",
                "x/y/d.png",
                "a road, wet"));
    assertThat(upload.ignored)
        .containsEntry("b.caption", "used as a caption")
        .containsEntry("x/metadata.csv", "used as captions of 1 image");
    assertThat(upload.status.get("total").asInt() + upload.status.get("ignored").asInt())
        .isEqualTo(8);
  }

  @Test
  void areFoundInEveryChunk() {
    List<TestEntry> entries = new ArrayList<>();
    var csv = new StringBuilder("file_name,text\n");
    for (int n = 0; n < 130; n++) {
      entries.add(file("%03d.png".formatted(n), IMAGE));
      csv.append("%03d.png,caption %d%n".formatted(n, n));
    }
    entries.add(file("metadata.csv", csv.toString()));
    var upload = upload(Map.of(), entries.toArray(TestEntry[]::new));
    assertThat(upload.captions).hasSize(130).containsEntry("127.png", "caption 127");
    assertThat(upload.ignored).containsEntry("metadata.csv", "used as captions of 130 images");
  }

  static Stream<byte[]> encodings() {
    String csv = "file_name,text\na.png,Zoë’s barn";
    return Stream.of(
        csv.getBytes(Charset.forName("windows-1252")),
        ("\uFEFF" + csv).getBytes(UTF_16LE),
        ("\uFEFF" + csv).getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void areReadFromMetadataAsFromTexts(byte[] csv) {
    assertThat(upload(Map.of(), file("a.png", IMAGE), file("metadata.csv", csv)).captions)
        .containsEntry("a.png", "Zoë’s barn");
  }

  static Stream<Arguments> badMetadata() {
    return Stream.of(
        Arguments.of(
            file("metadata.csv", "file_name,text\nb.png,b"), "caption.missing", "names it"),
        Arguments.of(file("metadata.csv", new byte[0]), "caption.missing", "names it"),
        Arguments.of(file("metadata.csv", "file_name,text\na.png,"), "caption.blank", "line 2"),
        Arguments.of(
            file("metadata.csv", "file_name,text\na.png," + "x".repeat(101)),
            "caption.unreadable",
            "max-caption-bytes"),
        Arguments.of(
            file("metadata.csv", new byte[] {(byte) 0x81, 0}), "caption.unreadable", "UTF-8"),
        Arguments.of(
            file("metadata.csv", "file_name,text\na.png,a").crc32(1), "caption.unreadable", "CRC"),
        Arguments.of(
            file("metadata.csv", "x".repeat(MAX_METADATA_BYTES + 1)),
            "caption.unreadable",
            "20,001 bytes when inflated; at most 20,000 are read (max-metadata-bytes)"));
  }

  @ParameterizedTest
  @MethodSource("badMetadata")
  void areMissedByTheImagesThatLackThem(TestEntry metadata, String type, String message) {
    var upload = upload(Map.of(), file("a.png", IMAGE), metadata);
    JsonNode failed = upload.status.get("failed_images").get(0);
    assertThat(failed.get("error_code").asInt()).isEqualTo(400);
    assertThat(failed.get("type").asString()).isEqualTo(type);
    assertThat(failed.get("error_message").asString()).contains(message);
    assertThat(upload.status.get("done").asInt()).isZero();
  }

  @Test
  void areBoundedOverAllMetadataFiles() {
    String rest = "x".repeat(MAX_METADATA_BYTES / 2);
    var upload =
        upload(
            Map.of(),
            file("x/metadata.csv", "file_name,text\na.png,a\n" + rest),
            file("y/metadata.csv", "file_name,text\nb.png,b\n" + rest),
            file("x/a.png", IMAGE),
            file("y/b.png", IMAGE));
    assertThat(upload.captions).isEqualTo(Map.of("x/a.png", "a"));
    assertThat(upload.ignored.get("y/metadata.csv")).contains("max-metadata-bytes");
  }

  @Test
  void areNotNeededWhereTheyAreGenerated() {
    var upload =
        upload(
            Map.of("automatic_captioning", true),
            file("a.png", IMAGE),
            file("b.png", IMAGE),
            file("c.png", IMAGE),
            file("metadata.csv", "file_name,text\na.png,a barn\nb.png, "));
    assertThat(upload.status.get("done").asInt()).as(upload.status.toString()).isEqualTo(3);
    assertThat(upload.captions).containsEntry("a.png", "a barn");
  }

  @Test
  void areIgnoredInAFiboDataset() {
    var upload =
        upload(
            "fibo",
            Map.of(),
            file("a.png", IMAGE),
            file("metadata.csv", "file_name,text\na.png,a barn"));
    assertThat(upload.captions).isEmpty();
    assertThat(upload.ignored)
        .containsEntry("metadata.csv", "text, which a FIBO dataset does not take");
  }

  /// @param captions by image name, of the images that have one
  /// @param ignored reasons by file name
  private record Upload(
      JsonNode status, Map<String, String> captions, Map<String, String> ignored) {}

  private static Upload upload(Map<String, Object> more, TestEntry... entries) {
    return upload("max", more, entries);
  }

  private static Upload upload(String version, Map<String, Object> more, TestEntry... entries) {
    long dataset = client.dataset(version);
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      var status = client.upload(dataset, source.url(), more);
      Map<String, String> captions = new TreeMap<>();
      for (JsonNode image : client.images(dataset)) {
        JsonNode caption = image.get("caption");
        if (caption.isString())
          captions.put(image.get("image_name").asString(), caption.asString());
      }
      Map<String, String> ignored = new TreeMap<>();
      for (JsonNode entry : status.get("ignored_entries")) {
        ignored.put(entry.get("filename").asString(), entry.get("reason").asString());
      }
      return new Upload(status, captions, ignored);
    }
  }
}
