package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A server whose store is a bucket, from an upload to the clean-up after the dataset is deleted.
class S3UploadTest {

  private static final byte[] JPEG = SampleImages.jpeg(128, 128);

  private static S3Server s3;

  @BeforeAll
  static void start() {
    s3 = S3Server.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  private static TestServer server(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(s3.properties());
    properties.put("darkroom.fetch.allow-addresses", "127.0.0.1/32");
    properties.put("darkroom.limits.min-dimension", "64");
    properties.putAll(more);
    return TestServer.start(properties);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsAnUploadInTheBucketAndLeavesNothingOfADeletedOne(boolean spooled) {
    try (var server = server(Map.of())) {
      var client = new UploadClient(server);
      JsonNode image = upload(client, spooled);
      var answer = ApiClient.anonymous(server).get(image.get("image_url").asString());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.bytes()).isEqualTo(JPEG);
      assertThat(answer.header("Content-Security-Policy")).isPresent();

      cleanUp(server);
      assertThat(s3.keys()).as("an original and a thumbnail each").hasSize(4);
      long dataset = image.get("dataset_id").asLong();
      assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
      cleanUp(server);
      assertThat(s3.keys()).isEmpty();
      assertThat(s3.unfinishedUploads()).isEmpty();
    }
  }

  @Test
  void sendsWhoHasAGoodLinkOnToTheStoreWhereThatIsSetUp() throws Exception {
    try (var server = server(Map.of("darkroom.s3.redirect", "true"))) {
      var client = new UploadClient(server);
      JsonNode image = upload(client, false);
      var link = image.get("image_url").asString();
      var browser = ApiClient.anonymous(server);
      var answer = browser.get(link);
      assertThat(answer.status()).isEqualTo(307);
      assertThat(answer.bytes()).isEmpty();
      var location = answer.header("Location").orElseThrow();
      assertThat(location).startsWith(s3.endpoint()).doesNotContain(s3.secretKey());
      assertIsTheImage(location);
      assertThat(get(location.replaceFirst("-original", "-thumbnail"))).isEqualTo(403);

      var head = browser.send("HEAD", link, HttpRequest.BodyPublishers.noBody());
      assertThat(head.status()).isEqualTo(200);
      assertThat(browser.get(link.replaceFirst("signature=", "signature=x")).status())
          .isEqualTo(403);
      long dataset = image.get("dataset_id").asLong();
      assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
      assertThat(browser.get(link).status()).isEqualTo(404);
      cleanUp(server);
      assertThat(get(location)).isEqualTo(404);
    }
  }

  private static void assertIsTheImage(String location) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(location)).build();
      var answer = http.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(JPEG);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/jpeg");
      assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("inline;")
          .contains("a.jpg");
    }
  }

  private static int get(String location) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(location)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /// The first of two images of a new dataset.
  private static JsonNode upload(UploadClient client, boolean spooled) {
    long dataset = client.dataset("fibo");
    var zip =
        TestZip.with(
            TestEntry.file("a.jpg", JPEG),
            TestEntry.file("b.png", SampleImages.png(64, 64)),
            TestEntry.file("broken.jpg", "no image"));
    try (var source = ZipServer.serving(zip)) {
      if (spooled) source.ignoreRanges();
      JsonNode status = client.upload(dataset, source.url());
      assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
      assertThat(status.get("done").asInt()).isEqualTo(2);
    }
    return client.images(dataset).get(0);
  }

  private static void cleanUp(TestServer server) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            server
                    .jdbc()
                    .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                    .query((row, _) -> row.getInt(1))
                    .single()
                == 0);
    server.bean(CleanUpTask.class).run();
  }
}
