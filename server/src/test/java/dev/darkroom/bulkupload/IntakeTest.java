package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.SparseSource;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

  private static TestServer server;
  private static UploadClient client;
  private static ZipServer good;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.public-url", "https://darkroom.example",
                "darkroom.limits.min-dimension", "64",
                "darkroom.runtime", "nowhere"), // and so without a moderator
            FaultyStore.Configuration.class);
    client = new UploadClient(server);
    good = ZipServer.serving(TestZip.with(file("a.jpg", SampleImages.jpeg(64, 64))));
  }

  @AfterAll
  static void stop() {
    good.close();
    server.close();
  }

  @Nested
  class AcceptedRequests {

    @Test
    void areAnsweredWithWhereToLook() {
      long dataset = client.dataset("fibo");
      Answer accepted = client.submit(dataset, good.url());
      assertThat(accepted.status()).isEqualTo(202);
      assertThat(accepted.json().get("dataset_id").asLong()).isEqualTo(dataset);
      assertThat(accepted.json().get("status").asString()).isEqualTo("pending");
      assertThat(accepted.json().get("request_id").asString())
          .isEqualTo(accepted.header("X-Request-Id").orElseThrow());
      String statusUrl = accepted.json().get("status_url").asString();
      assertThat(statusUrl).startsWith("https://darkroom.example/tailored-gen/datasets/");
      assertThat(accepted.header("Location")).hasValue(statusUrl);
      assertThat(accepted.header("Retry-After")).hasValue("1");
      client.awaitEnd(dataset);
      assertThat(client.api().get(URI.create(statusUrl).getPath()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1", "/v2"})
    void comeInUnderEveryPrefix(String prefix) {
      long dataset = client.dataset("fibo");
      Answer accepted =
          client
              .api()
              .post(
                  prefix + UploadClient.path(dataset, "/images/bulk-upload"),
                  Map.of("zip_url", good.url()));
      assertThat(accepted.status()).isEqualTo(202);
      client.awaitEnd(dataset);
      for (String path : List.of("/images/bulk-upload/status", "/bulk-upload/status")) {
        Answer status = client.api().get(prefix + UploadClient.path(dataset, path));
        assertThat(status.json().get("done").asInt()).isOne();
      }
    }

    @Test
    void mayNameWhatThisEndpointIgnores() {
      long dataset = client.dataset("fibo");
      Map<String, Object> more =
          Map.of("increase_resolution", false, "automatic_captioning", true, "unknown_field", 7);
      assertThat(client.submit(dataset, good.url(), more).status()).isEqualTo(202);
      client.awaitEnd(dataset);
    }

    @Test
    void areExactlyOneOfTwentyAtTheSameInstant() throws Exception {
      long dataset = client.dataset("fibo");
      Callable<Answer> submission = () -> client.submit(dataset, good.url());
      List<Answer> answers;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        answers =
            threads.invokeAll(Stream.generate(() -> submission).limit(20).toList()).stream()
                .map(answer -> answer.resultNow())
                .toList();
      }
      assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.status() != 202)
          .allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.type())
                .isIn("bulk-upload.already-running", "bulk-upload.already-attempted");
          });
      assertThat(client.awaitEnd(dataset).get("done").asInt()).isOne();
    }
  }

  @Nested
  class RefusedRequests {

    static Stream<Arguments> bodies() {
      return Stream.of(
          Arguments.of("{}", "bulk-upload.source-missing"),
          Arguments.of("{\"zip_url\": null}", "bulk-upload.source-missing"),
          Arguments.of("{\"zip_url\": \"\"}", "bulk-upload.source-missing"),
          Arguments.of("{\"zip_url\": 7}", "request.field-invalid"),
          Arguments.of("{\"zip_url\": \"ftp://example.com/a.zip\"}", "source.invalid-url"),
          Arguments.of("{\"zip_url\": \"a.zip\"}", "source.invalid-url"),
          Arguments.of("{\"zip_url\": \"http://u:p@example.com/a.zip\"}", "source.invalid-url"),
          Arguments.of(
              "{\"zip_url\": \"ZIP\", \"content_moderation\": \"true\"}", "request.field-invalid"),
          Arguments.of(
              "{\"zip_url\": \"ZIP\", \"automatic_captioning\": 1}", "request.field-invalid"),
          Arguments.of(
              "{\"zip_url\": \"ZIP\", \"increase_resolution\": true}",
              "bulk-upload.upscaling-refused"),
          Arguments.of(
              "{\"zip_url\": \"ZIP\", \"content_moderation\": true}", "bulk-upload.no-moderator"),
          Arguments.of(
              "{\"zip_url\": \"ZIP\", \"deduplicate\": \"near\"}", "request.field-invalid"),
          Arguments.of("{\"zip_url\": \"ZIP\", \"deduplicate\": true}", "request.field-invalid"),
          Arguments.of("{\"zip_url\": \"ZIP\", \"deduplicate\": 1}", "request.field-invalid"),
          Arguments.of("{\"zip_url\": ", "request.json-malformed"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void sayWhatIsWrongWithTheBody(String body, String type) {
      assertRefused(client.dataset("fibo"), body.replace("ZIP", good.url()), 400, type);
    }

    @Test
    void sayThatNothingAnswers() {
      long dataset = client.dataset("fibo");
      String nowhere = "http://127.0.0.1:1/a.zip";
      assertRefused(dataset, body(nowhere), 400, "source.unreachable");
    }

    @Test
    void readTheSameForPrivateAddressesAndUnknownNames() {
      long dataset = client.dataset("fibo");
      Answer hidden = client.submit(dataset, "http://10.0.0.7/a.zip");
      Answer unknown = client.submit(dataset, "http://nowhere.invalid/a.zip");
      assertThat(hidden.status()).isEqualTo(400);
      assertThat(hidden.type()).isEqualTo("source.unreachable").isEqualTo(unknown.type());
      assertThat(message(hidden).replace("10.0.0.7", "HOST"))
          .isEqualTo(message(unknown).replace("nowhere.invalid", "HOST"));
    }

    @Test
    void refuseTheServersOwnPort() {
      long dataset = client.dataset("fibo");
      assertRefused(dataset, body(server.baseUrl() + "/a.zip"), 400, "source.unreachable");
    }

    @Test
    void nameTheStatusThatTheSourceAnswered() {
      try (var source = ZipServer.serving(new byte[100]).always(404, "text/plain", "no")) {
        Answer refused = client.submit(client.dataset("fibo"), source.url());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).isEqualTo("source.bad-status");
        assertThat(message(refused)).contains("404").doesNotContain("secret");
      }
    }

    @Test
    void knowAPageFromAZip() {
      try (var source = ZipServer.serving(new byte[100]).html()) {
        assertRefused(client.dataset("fibo"), body(source.url()), 400, "archive.not-a-zip");
      }
      try (var source =
          ZipServer.serving(new byte[100]).always(200, "application/zip", "{\"error\": 1}")) {
        assertRefused(client.dataset("fibo"), body(source.url()), 400, "archive.not-a-zip");
      }
    }

    @Test
    void nameTheLimitThatTheZipPasses() {
      long tooLarge = 5_368_709_121L;
      var huge = new SparseSource(tooLarge, Map.of(0L, new byte[] {'P', 'K', 3, 4}));
      try (var source = ZipServer.serving(huge)) {
        Answer refused = client.submit(client.dataset("fibo"), source.url());
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("limit").asLong()).isEqualTo(5_368_709_120L);
        assertThat(refused.json().get("actual").asLong()).isEqualTo(tooLarge);
      }
    }

    @Test
    void sayHowMuchRoomTheStoreLacks() {
      var store = server.bean(FaultyStore.class);
      store.claimRoom(() -> 50);
      Answer refused = client.submit(client.dataset("fibo"), good.url());
      store.recover();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.type()).isEqualTo("storage.full");
      assertThat(refused.json().get("limit").asInt()).isEqualTo(50);
      assertThat(refused.json().get("actual").asInt()).isGreaterThan(50);
    }

    @Test
    void sayThatTheStoreIsOut() {
      var store = server.bean(FaultyStore.class);
      store.claimRoom(() -> {
        throw new IOException("the disk is gone");
      });
      Answer refused = client.submit(client.dataset("fibo"), good.url());
      store.recover();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.type()).isEqualTo("storage.unreachable");
      assertThat(refused.text()).doesNotContain("the disk is gone");
    }

    @Test
    void areAnsweredWithin10SecondsWhateverTheSourceDoes() {
      try (var source = ZipServer.serving(new byte[100]).stallAfter(0)) {
        assertRefused(client.dataset("fibo"), body(source.url()), 400, "source.timed-out");
      }
    }

    @Test
    void useUpNoAttempt() {
      long dataset = client.dataset("fibo");
      assertThat(client.submit(dataset, "http://127.0.0.1:1/a.zip").status()).isEqualTo(400);
      assertThat(client.api().get(UploadClient.path(dataset, "/bulk-upload/status")).status())
          .isEqualTo(404);
      assertThat(client.upload(dataset, good.url()).get("done").asInt()).isOne();
    }

    private static void assertRefused(long dataset, String body, int status, String type) {
      Answer refused = client.api().post(UploadClient.path(dataset, "/images/bulk-upload"), body);
      assertThat(refused.status()).as(refused.text()).isEqualTo(status);
      assertThat(refused.type()).as(refused.text()).isEqualTo(type);
      assertThat(refused.json().get("error").get("code").asInt()).isEqualTo(status);
    }
  }

  @Nested
  class Datasets {

    @Test
    void mustBeAdvanced() {
      assertState(client.dataset("fibo", "basic"), "bulk-upload.dataset-not-advanced");
    }

    @Test
    void takeOneUploadForEver() {
      long dataset = client.dataset("fibo");
      client.upload(dataset, good.url());
      Answer refused = assertState(dataset, "bulk-upload.already-attempted");
      assertThat(message(refused)).contains("clone");
    }

    @Test
    void takeNoSecondUploadAfterAFailedOne() {
      long dataset = client.dataset("fibo");
      try (var source = ZipServer.serving(TestZip.with(file("a.txt", "no image")))) {
        assertThat(client.upload(dataset, source.url()).get("status").asString())
            .isEqualTo("failed");
      }
      assertState(dataset, "bulk-upload.already-attempted");
    }

    @Test
    void mustExist() {
      Answer missing = client.submit(9_999_999, good.url());
      assertThat(missing.status()).isEqualTo(404);
    }

    @Test
    void mustNotBeCompleted() {
      long dataset = client.dataset("max");
      var zip = TestZip.with(file("a.jpg", SampleImages.jpeg(64, 64)), file("a.txt", "a barn"));
      try (var source = ZipServer.serving(zip)) {
        client.upload(dataset, source.url());
      }
      Answer completed =
          client.api().put(UploadClient.path(dataset, ""), Map.of("status", "completed"));
      assertThat(completed.status()).as(completed.text()).isEqualTo(200);
      assertState(dataset, "bulk-upload.dataset-completed");
    }

    private static Answer assertState(long dataset, String type) {
      Answer refused = client.submit(dataset, good.url());
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.type()).isEqualTo(type);
      return refused;
    }
  }

  @Test
  void needsAToken() {
    var stranger = new UploadClient(ApiClient.anonymous(server));
    assertThat(stranger.submit(client.dataset("fibo"), good.url()).status()).isEqualTo(401);
  }

  private static String body(String zipUrl) {
    return "{\"zip_url\": \"" + zipUrl + "\"}";
  }

  private static String message(Answer answer) {
    return answer.json().get("message").asString();
  }
}
