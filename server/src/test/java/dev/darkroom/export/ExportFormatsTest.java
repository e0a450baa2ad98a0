package dev.darkroom.export;

import static dev.darkroom.archive.TestEntry.file;
import static dev.darkroom.export.TestExports.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Each format, read by its own rules.
class ExportFormatsTest {

  private static TestServer server;
  private static TestExports exports;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestExports.SETTINGS);
    exports = new TestExports(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Two images that share a stem, one in a folder with a dot, and a caption of two lines.
  private static long legacy() {
    return exports.dataset(
        "max",
        image("a.jpg", 1),
        file("a.jpg.txt", "a barn"),
        image("a.png", 2),
        file("a.png.txt", "a mill"),
        image("v1.2/b.c.PNG", 3),
        file("v1.2/b.c.txt", "a pond\nat noon"));
  }

  private static long fibo() {
    long dataset = exports.dataset("fibo", image("a.png", 1), image("b.png", 2));
    exports.caption(dataset, 0, "{\"context\": \"a farm\"}", "manual");
    return dataset;
  }

  @Test
  void aZipHasImagesWithTextsAndMetadata() {
    var files = exports.files(legacy(), "zip");
    assertThat(files.keySet())
        .containsExactly(
            "a.jpg",
            "a.jpg.txt",
            "a.png",
            "a.png.txt",
            "v1.2/b.c.PNG",
            "v1.2/b.c.txt",
            "metadata.jsonl");
    assertThat(files.get("v1.2/b.c.PNG")).isEqualTo(TestExports.bytes(3));
    assertThat(files.get("v1.2/b.c.txt")).asString(UTF_8).isEqualTo("a pond\nat noon");
    assertThat(files.get("metadata.jsonl"))
        .asString(UTF_8)
        .isEqualTo(
            """
            {"file_name":"a.jpg","text":"a barn"}
            {"file_name":"a.png","text":"a mill"}
            {"file_name":"v1.2/b.c.PNG","text":"a pond\\nat noon"}
            """);
  }

  @Test
  void aZipOfAFiboDatasetHasJson() {
    var files = exports.files(fibo(), "zip");
    assertThat(files.keySet()).containsExactly("a.png", "a.json", "b.png", "metadata.jsonl");
    assertThat(files.get("a.json")).asString(UTF_8).isEqualTo("{\"context\": \"a farm\"}");
    assertThat(TestExports.lines(files.get("metadata.jsonl")).get(1).get("text").isNull()).isTrue();
  }

  @Test
  void aZipPassesTheTestsOfOthers() {
    var zip = exports.download(legacy(), "zip");
    assertThat(
            SecondOpinion.python(
                zip, "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())"))
        .isEqualTo("None");
    assertThat(SecondOpinion.of(zip, "unzip", "-tqq")).isEmpty();
  }

  @Test
  void anImageFolderHasARowForEachFileAndNoOther() {
    var files = exports.files(legacy(), "imagefolder");
    var rows = TestExports.lines(files.remove("metadata.jsonl"));
    assertThat(rows.stream().map(row -> row.get("file_name").asString()))
        .containsExactlyElementsOf(files.keySet());
    assertThat(rows.stream().map(row -> row.get("text").asString()))
        .containsExactly("a barn", "a mill", "a pond\nat noon");
  }

  @Test
  void aFolderOfKohyaHasATextOfOneLineBesideEachImage() {
    var files = exports.files(legacy(), "kohya");
    assertThat(files.keySet())
        .containsExactly(
            "1_d/a.jpg",
            "1_d/a.txt",
            "1_d/a_2.png",
            "1_d/a_2.txt",
            "1_d/v1.2_b.c.png",
            "1_d/v1.2_b.c.txt");
    assertThat(files.get("1_d/a_2.txt")).asString(UTF_8).isEqualTo("a mill");
    assertThat(files.get("1_d/v1.2_b.c.txt")).asString(UTF_8).isEqualTo("a pond at noon");
  }

  @Test
  void aFolderOfKohyaHasTheJsonOfAFiboDatasetAsText() {
    assertThat(exports.files(fibo(), "kohya").get("1_d/a.txt"))
        .asString(UTF_8)
        .isEqualTo("{\"context\": \"a farm\"}");
  }

  @Test
  void aShardHasTheFilesOfASampleUnderOneKey() throws IOException {
    assertThat(samples(exports.download(legacy(), "webdataset")))
        .containsExactly(
            entry("a", List.of("png", "txt=a barn")),
            entry("a_2", List.of("png", "txt=a mill")),
            entry("v1.2/b_c", List.of("png", "txt=a pond\nat noon")));
    assertThat(samples(exports.download(fibo(), "webdataset")))
        .containsExactly(
            entry("a", List.of("png", "json={\"context\": \"a farm\"}")),
            entry("b", List.of("png")));
  }

  @Test
  void aShardPassesTheTestOfOthers() {
    assertThat(
            SecondOpinion.python(
                exports.download(legacy(), "webdataset"),
                "import sys,tarfile; print([m.name for m in tarfile.open(sys.argv[1], 'r:')])"))
        .isEqualTo("['a.png', 'a.txt', 'a_2.png', 'a_2.txt', 'v1.2/b_c.png', 'v1.2/b_c.txt']");
  }

  @Test
  void manyImagesAreInSeveralShards() throws IOException {
    long dataset = exports.dataset("fibo", image("a.png", 1));
    server
        .jdbc()
        .sql(
            """
            INSERT INTO dataset_image (dataset_id, stored_object_id, ordinal, published, image_name, width, height,
                                       format, size_bytes, sha256, crc32, perceptual_hash, had_alpha, exif,
                                       created_at, updated_at)
            SELECT dataset_id, stored_object_id, n, true, 'a.png', width, height, format, size_bytes, sha256, crc32,
                   perceptual_hash, had_alpha, exif, created_at, updated_at
            FROM dataset_image, generate_series(1, 2100) n WHERE dataset_id = :id
            """)
        .param("id", dataset)
        .update();
    var links = exports.links(dataset, "webdataset");
    assertThat(links.get("download_urls")).hasSize(3).first().isEqualTo(links.get("download_url"));
    Map<String, List<String>> all = new LinkedHashMap<>();
    int samples = 0;
    for (JsonNode url : links.get("download_urls")) {
      var shard = samples(exports.stranger().get(url.asString()).bytes());
      samples += shard.size();
      all.putAll(shard);
    }
    assertThat(samples).isEqualTo(2101);
    assertThat(all.keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 2101).mapToObj(n -> n == 1 ? "a" : "a_" + n).toList());
    server.jdbc().sql("DELETE FROM dataset_image WHERE ordinal > 1500").update();
    var gone = exports.stranger().get(links.get("download_urls").get(2).asString());
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.type()).isEqualTo("export.not-found");
  }

  /// As WebDataset groups files: the key is what comes before the first dot of the file's own name.
  private static Map<String, List<String>> samples(byte[] tar) throws IOException {
    Map<String, List<String>> samples = new LinkedHashMap<>();
    String last = null;
    try (var files = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry file; (file = files.getNextEntry()) != null; ) {
        int dot = file.getName().indexOf('.', file.getName().lastIndexOf('/') + 1);
        var key = file.getName().substring(0, dot);
        var ending = file.getName().substring(dot + 1);
        assertThat(samples.containsKey(key)).as(key).isEqualTo(key.equals(last));
        last = key;
        var said =
            ending.equals("png") ? ending : ending + "=" + new String(files.readAllBytes(), UTF_8);
        samples.merge(key, List.of(said), ExportFormatsTest::joined);
      }
    }
    return samples;
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Test
  void captionsAreAFileOfLines() {
    long dataset = fibo();
    var captions = exports.stranger().get(exports.url(dataset, "captions"));
    assertThat(captions.text())
        .isEqualTo(
            """
            {"image_name":"a.png","ordinal":0,"caption":"{\\"context\\": \\"a farm\\"}"}
            {"image_name":"b.png","ordinal":1,"caption":null}
            """);
    assertThat(captions.header("Content-Type")).hasValue("application/jsonl");
  }

  @Test
  void namesThatLeadOutOfTheFolderStayInIt() {
    long dataset =
        exports.dataset(
            "fibo",
            image("../../up.png", 1),
            image("/abs.png", 2),
            image("C:\\win.png", 3),
            image("x\u0007.png", 4));
    assertThat(exports.files(dataset, "imagefolder").keySet())
        .containsExactly("__/__/up.png", "abs.png", "C_/win.png", "x\uFFFD.png", "metadata.jsonl");
  }

  @Test
  void imagesOfTheSameNameAreNumbered() {
    TestEntry[] same = {image("a.png", 1), image("a.png", 2), image("A.png", 3)};
    assertThat(exports.files(exports.dataset("fibo", same), "zip").keySet())
        .containsExactly("a.png", "a_2.png", "A_3.png", "metadata.jsonl");
  }

  @Test
  void anEmptyDatasetIsAnEmptyArchive() throws IOException {
    long dataset = exports.client().dataset("fibo");
    assertThat(exports.files(dataset, "zip")).containsOnlyKeys("metadata.jsonl");
    assertThat(exports.files(dataset, "kohya")).isEmpty();
    assertThat(samples(exports.download(dataset, "webdataset"))).isEmpty();
    assertThat(exports.download(dataset, "captions")).isEmpty();
  }
}
