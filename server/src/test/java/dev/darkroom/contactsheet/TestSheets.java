package dev.darkroom.contactsheet;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Datasets to be looked at: their images come by a bulk upload, as everybody's do.
final class TestSheets {

  static final Map<String, String> PROPERTIES =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.job.retry-delay", "10ms",
          "darkroom.limits.min-dimension", "64",
          "db-scheduler.polling-interval", "20ms");

  static final String SCHEMA = "{\"style_medium\":\"photograph\"}";

  private final UploadClient client;

  TestSheets(TestServer server) {
    this.client = new UploadClient(server);
  }

  UploadClient client() {
    return client;
  }

  /// A FIBO dataset without a visual schema, so that its images have no captions.
  long plain(int images) {
    return upload(client.dataset("fibo"), images);
  }

  /// One whose images have captions under [#SCHEMA].
  long captioned(int images) {
    long dataset = client.dataset("fibo");
    setSchema(dataset, SCHEMA);
    return upload(dataset, images);
  }

  long legacy(int images) {
    long dataset = client.dataset("max");
    return upload(dataset, pictures(images), Map.of("automatic_captioning", true));
  }

  long upload(long dataset, List<TestEntry> entries, Map<String, Object> more) {
    try (var source = ZipServer.serving(TestZip.with(entries))) {
      assertThat(client.upload(dataset, source.url(), more).get("status").asString())
          .isEqualTo("completed");
    }
    return dataset;
  }

  private long upload(long dataset, int images) {
    return upload(dataset, pictures(images), Map.of());
  }

  /// All different, and named in order: `shoot/000.jpg` is 64 pixels wide, each other a pixel
  /// wider.
  static List<TestEntry> pictures(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> file("shoot/%03d.jpg".formatted(n), SampleImages.jpeg(64 + n, 64)))
        .toList();
  }

  void setSchema(long dataset, String schema) {
    var answer = client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", schema));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /// Writes an image's caption by hand.
  void write(long dataset, int index, String caption) {
    var answer =
        client
            .api()
            .put(
                UploadClient.path(dataset, "/images/" + image(dataset, index)),
                Map.of("caption", caption));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  /// The id of an image by its place.
  long image(long dataset, int index) {
    return client.images(dataset).get(index).get("id").asLong();
  }

  String caption(long dataset, int index) {
    return client.images(dataset).get(index).get("caption").asString();
  }

  void awaitCaptions(long dataset) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            client
                .datasetAsSeen(dataset)
                .get("captions_update_status")
                .asString()
                .equals("completed"));
  }

  String readOnlyToken(TestServer server) {
    return TestTokens.make(server, "default", Scope.READ);
  }

  static String page(long dataset, String rest) {
    return "/console/datasets/" + dataset + rest;
  }
}
