package dev.darkroom.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Uploads datasets, and downloads them as a client does.
final class TestExports {

  static final Map<String, String> SETTINGS =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.limits.min-dimension", "64");

  private final TestServer server;
  private final UploadClient client;

  TestExports(TestServer server) {
    this.server = server;
    this.client = new UploadClient(server);
  }

  UploadClient client() {
    return client;
  }

  /// A dataset with what the entries bring.
  long dataset(String trainingVersion, TestEntry... entries) {
    long dataset = client.dataset(trainingVersion);
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      var status = client.upload(dataset, source.url());
      assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
    }
    return dataset;
  }

  /// An image that no other entry has: each number is another size.
  static TestEntry image(String name, int number) {
    return TestEntry.file(name, bytes(number));
  }

  static byte[] bytes(int number) {
    return SampleImages.png(64 + number, 64);
  }

  void caption(long dataset, int ordinal, @Nullable String caption, @Nullable String source) {
    server
        .jdbc()
        .sql(
            "UPDATE dataset_image SET caption = :caption, caption_source = :source"
                + " WHERE dataset_id = :dataset AND ordinal = :ordinal")
        .param("caption", caption)
        .param("source", source)
        .param("dataset", dataset)
        .param("ordinal", ordinal)
        .update();
  }

  Answer ask(long dataset, String query) {
    return client.api().get(UploadClient.path(dataset, "/download" + query));
  }

  JsonNode links(long dataset, String format) {
    var answer = ask(dataset, "?format=" + format);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  String url(long dataset, String format) {
    return links(dataset, format).get("download_url").asString();
  }

  /// Who has the link and nothing else.
  ApiClient stranger() {
    return ApiClient.anonymous(server);
  }

  byte[] download(long dataset, String format) {
    var answer = stranger().get(url(dataset, format));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.bytes();
  }

  /// The files in the dataset's ZIP, by their paths.
  Map<String, byte[]> files(long dataset, String format) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (var zip = ZipArchiveTest.open(Header.of(download(dataset, format)))) {
      for (var entry : Collections.list(zip.getEntries())) {
        try (var content = zip.getInputStream(entry)) {
          files.put(entry.getName(), content.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return files;
  }

  static List<JsonNode> lines(byte @Nullable [] jsonLines) {
    return Stream.of(
            new String(Objects.requireNonNull(jsonLines), StandardCharsets.UTF_8).split("\n", -1))
        .filter(line -> !line.isEmpty())
        .map(JsonMapper.shared()::readTree)
        .toList();
  }
}
