package dev.darkroom.stagedupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.account.Organizations;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.provider.SettableClock;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/// What becomes of an upload: it is used once, or its time is over.
class StagedUploadTest {

  private static final String UPLOAD = "/images/bulk-upload";
  private static final String PREFLIGHT = "/images/bulk-upload/preflight";
  private static final Map<String, String> SMALL =
      Map.of("darkroom.limits.min-dimension", "64", "darkroom.runtime", "nowhere");
  private static final byte[] ZIP =
      TestZip.with(
              file("a.jpg", SampleImages.jpeg(128, 128)),
              file("b.png", SampleImages.png(64, 64)),
              file("broken.jpg", "no image"))
          .bytes();

  private static TestServer server;
  private static UploadClient client;
  private static TusClient tus;

  @TestConfiguration(proxyBeanMethods = false)
  static class Clocks {

    @Bean
    @Primary
    SettableClock settableClock() {
      return new SettableClock();
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.start(SMALL);
    client = new UploadClient(server);
    tus = TusClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer submit(UploadClient client, long dataset, String kind, long uploadId) {
    return client.api().post(UploadClient.path(dataset, kind), Map.of("upload_id", uploadId));
  }

  private static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).as(answer.text()).isEqualTo(type);
  }

  private static JsonNode awaitPreflight(UploadClient client, long dataset) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> client.api().get(UploadClient.path(dataset, PREFLIGHT + "/status")).json(),
            status -> status.get("phase").asString().equals("finished"));
  }

  private static int count(TestServer server, String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  @Nested
  class Use {

    @ParameterizedTest
    @ValueSource(strings = {"directory", "bucket"})
    void readsPiecesAsOneZipAndLeavesNothingButTheImages(String kind) {
      try (var s3 = S3Server.start();
          var server = TestServer.start(kind.equals("bucket") ? bucket(s3) : SMALL)) {
        var tus = TusClient.of(server);
        var path = tus.begin(ZIP.length);
        for (int from = 0; from < ZIP.length; from += 1000) {
          int to = Math.min(from + 1000, ZIP.length);
          assertThat(tus.patch(path, ZIP, from, to).status()).isEqualTo(204);
        }
        long upload = TusClient.id(path);
        var client = new UploadClient(server);
        long dataset = client.dataset("fibo");
        assertThat(submit(client, dataset, PREFLIGHT, upload).status()).isEqualTo(202);
        var foretold = awaitPreflight(client, dataset);
        assertThat(foretold.get("done").asInt()).as(foretold.toString()).isEqualTo(2);
        assertThat(submit(client, dataset, UPLOAD, upload).status()).isEqualTo(202);
        var status = client.awaitEnd(dataset);
        assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("completed");
        assertThat(status.get("done").asInt()).isEqualTo(2);
        assertThat(status.get("failed").asInt()).isOne();
        assertThat(client.api().get(path).json().get("used").asBoolean()).isTrue();
        assertThat(count(server, "SELECT count(*) FROM staged_piece")).isZero();
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () -> kind.equals("bucket") ? s3.keys().size() : files(server), left -> left == 4);
        assertThat(count(server, "SELECT count(*) FROM stored_object")).isEqualTo(2);
        assertRefused(
            submit(client, client.dataset("fibo"), UPLOAD, upload),
            400,
            "staged-upload.already-used");
        assertThat(tus.delete(path).status()).isEqualTo(204);
      }
    }

    private static Map<String, String> bucket(S3Server s3) {
      Map<String, String> properties = new HashMap<>(SMALL);
      properties.putAll(s3.properties());
      return properties;
    }

    @Test
    void isOfOneOfTwentyAtTheSameInstant() throws Exception {
      long upload = tus.upload(ZIP);
      List<Long> datasets = Stream.generate(() -> client.dataset("fibo")).limit(20).toList();
      List<Callable<Answer>> submissions =
          datasets.stream()
              .map(dataset -> (Callable<Answer>) () -> submit(client, dataset, UPLOAD, upload))
              .toList();
      List<Answer> answers;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        answers = threads.invokeAll(submissions).stream().map(each -> each.resultNow()).toList();
      }
      assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
      for (int n = 0; n < 20; n++) {
        if (answers.get(n).status() == 202) {
          assertThat(client.awaitEnd(datasets.get(n)).get("done").asInt()).isEqualTo(2);
        } else {
          assertRefused(answers.get(n), 400, "staged-upload.already-used");
          var status = UploadClient.path(datasets.get(n), UPLOAD + "/status");
          assertThat(client.api().get(status).status()).as("no attempt").isEqualTo(404);
        }
      }
    }

    @Test
    void ofARefusedRequestIsNone() {
      long upload = tus.upload(ZIP);
      assertRefused(
          submit(client, client.dataset("fibo", "basic"), UPLOAD, upload),
          400,
          "bulk-upload.dataset-not-advanced");
      long dataset = client.dataset("fibo");
      assertThat(submit(client, dataset, UPLOAD, upload).status()).isEqualTo(202);
      client.awaitEnd(dataset);
    }

    @Test
    void keepsItsNameInTheRowOfTheBulkUploadAndNoUrl() {
      long upload = tus.upload(ZIP);
      long dataset = client.dataset("fibo");
      submit(client, dataset, UPLOAD, upload);
      client.awaitEnd(dataset);
      var row =
          server
              .jdbc()
              .sql("SELECT source_shown, source_sealed FROM bulk_upload WHERE dataset_id = :id")
              .param("id", dataset)
              .query()
              .singleRow();
      assertThat(row.get("source_shown")).isEqualTo("upload %d (plates.zip)".formatted(upload));
      assertThat(row.get("source_sealed")).isNull();
    }

    @Test
    void ofAPreflightIsNone() {
      long upload = tus.upload(ZIP);
      long dataset = client.dataset("fibo");
      server.bean(Scheduler.class).pause();
      assertThat(submit(client, dataset, PREFLIGHT, upload).status()).isEqualTo(202);
      assertThat(tus.delete("/uploads/" + upload).status()).isEqualTo(204);
      server.bean(Scheduler.class).resume();
      var status = awaitPreflight(client, dataset);
      assertThat(status.get("status").asString()).isEqualTo("failed");
      assertThat(status.get("error").get("type").asString()).isEqualTo("staged-upload.gone");
      assertThat(status.get("error").get("code").asInt()).isEqualTo(424);
    }

    @Test
    void keepsOthersFromTerminatingItUntilItsEnd() {
      long upload = tus.upload(ZIP);
      var path = "/uploads/" + upload;
      long dataset = client.dataset("fibo");
      server.bean(Scheduler.class).pause();
      try {
        assertThat(submit(client, dataset, UPLOAD, upload).status()).isEqualTo(202);
        assertRefused(tus.delete(path), 409, "staged-upload.in-use");
        assertThat(tus.head(path).status()).isEqualTo(200);
        var cancelled = client.api().post(UploadClient.path(dataset, UPLOAD + "/cancel"), Map.of());
        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(
                count(
                    server, "SELECT count(*) FROM staged_piece WHERE staged_upload_id = " + upload))
            .isZero();
        assertThat(tus.delete(path).status()).isEqualTo(204);
      } finally {
        server.bean(Scheduler.class).resume();
      }
    }
  }

  @Nested
  class Refused {

    @ParameterizedTest
    @ValueSource(strings = {UPLOAD, PREFLIGHT})
    void isWhatIsNotThere(String kind) {
      assertRefused(
          submit(client, client.dataset("fibo"), kind, 999_999), 404, "staged-upload.not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {UPLOAD, PREFLIGHT})
    void isWhatIsAnotherOrganizations(String kind) {
      long theirs = tus.upload(ZIP);
      var stranger =
          new UploadClient(
              ApiClient.anonymous(server)
                  .with("api_token", TestTokens.make(server, "strangers", Scope.WRITE)));
      long dataset = stranger.dataset("fibo");
      assertRefused(submit(stranger, dataset, kind, theirs), 404, "staged-upload.not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {UPLOAD, PREFLIGHT})
    void isWhatIsNotComplete(String kind) {
      var path = tus.begin(ZIP.length);
      tus.patch(path, ZIP, 0, ZIP.length - 1);
      var refused = submit(client, client.dataset("fibo"), kind, TusClient.id(path));
      assertRefused(refused, 400, "staged-upload.incomplete");
      assertThat(refused.json().get("limit").asLong()).isEqualTo(ZIP.length);
      assertThat(refused.json().get("actual").asLong()).isEqualTo(ZIP.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<!doctype html><p>Sign in", "{\"error\": 1}"})
    void isWhatIsPlainlyNoZip(String text) {
      long upload = tus.upload(text.getBytes(StandardCharsets.UTF_8));
      for (String kind : List.of(UPLOAD, PREFLIGHT)) {
        assertRefused(
            submit(client, client.dataset("fibo"), kind, upload), 400, "staged-upload.not-a-zip");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {UPLOAD, PREFLIGHT})
    void isOneOfTwoSources(String kind) {
      var path = UploadClient.path(client.dataset("fibo"), kind);
      assertRefused(
          client.api().post(path, Map.of("upload_id", 1, "zip_url", "https://example.com/a.zip")),
          400,
          "bulk-upload.two-sources");
      assertRefused(client.api().post(path, Map.of()), 400, "bulk-upload.source-missing");
      assertRefused(
          client.api().post(path, Map.of("upload_id", "1")), 400, "request.field-invalid");
    }
  }

  @Nested
  class Time {

    @Test
    void isOver24HoursAfterTheLastByte() {
      try (var server = TestServer.start(SMALL, Clocks.class)) {
        var clock = server.bean(SettableClock.class);
        var tus = TusClient.of(server);
        var client = new UploadClient(server);
        var path = tus.begin(ZIP.length);
        assertThat(tus.head(path).header("Upload-Expires"))
            .hasValue("Wed, 27 May 2026 12:00:00 GMT");
        clock.advance(Duration.ofHours(23));
        assertThat(tus.patch(path, ZIP, 0, ZIP.length).header("Upload-Expires"))
            .hasValue("Thu, 28 May 2026 11:00:00 GMT");
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(tus.head(path).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(tus.head(path).status()).isEqualTo(410);
        assertRefused(tus.patch(path, ZIP, 0, 1), 410, "staged-upload.expired");
        assertRefused(
            submit(client, client.dataset("fibo"), UPLOAD, TusClient.id(path)),
            410,
            "staged-upload.expired");
        assertThat(server.bean(StagedUploads.class).forgetExpired()).isOne();
        assertThat(tus.head(path).status()).isEqualTo(404);
        await().atMost(Duration.ofMinutes(2)).until(() -> files(server) == 0);
      }
    }

    @Test
    void isNotOverWhileABulkUploadReads() {
      try (var server = TestServer.start(SMALL, Clocks.class)) {
        var clock = server.bean(SettableClock.class);
        var tus = TusClient.of(server);
        var client = new UploadClient(server);
        long upload = tus.upload(ZIP);
        long dataset = client.dataset("fibo");
        server.bean(Scheduler.class).pause();
        assertThat(submit(client, dataset, UPLOAD, upload).status()).isEqualTo(202);
        clock.advance(Duration.ofDays(3));
        assertThat(server.bean(StagedUploads.class).forgetExpired()).isZero();
        server.bean(Scheduler.class).resume();
        assertThat(client.awaitEnd(dataset).get("done").asInt()).isEqualTo(2);
        assertThat(server.bean(StagedUploads.class).forgetExpired()).isOne();
      }
    }
  }

  @Nested
  class AList {

    /// What counts against the quota can be found, and no more than that.
    @Test
    void hasWhatLiesHereTheNewestFirst() {
      try (var server = TestServer.start(SMALL, Clocks.class)) {
        var clock = server.bean(SettableClock.class);
        var tus = TusClient.of(server);
        var client = new UploadClient(server);
        var api = ApiClient.of(server);
        assertThat(api.get("/uploads").text()).isEqualTo("[]");
        tus.begin(7);
        clock.advance(Duration.ofHours(24));
        long spent = tus.upload(ZIP);
        long done = client.dataset("fibo");
        assertThat(submit(client, done, UPLOAD, spent).status()).isEqualTo(202);
        client.awaitEnd(done);
        server.bean(Scheduler.class).pause();
        long used = tus.upload(ZIP);
        assertThat(submit(client, client.dataset("fibo"), UPLOAD, used).status()).isEqualTo(202);
        var begun = tus.begin(ZIP.length);
        assertThat(tus.patch(begun, ZIP, 0, 5).status()).isEqualTo(204);

        var all = api.get("/uploads");
        assertThat(all.status()).as(all.text()).isEqualTo(200);
        assertThat(all.header("X-Total-Count")).hasValue("2");
        assertThat(all.header("Link")).isEmpty();
        assertThat(all.header("Tus-Resumable")).hasValue("1.0.0");
        assertThat(all.json().size()).isEqualTo(2);
        assertThat(all.json().get(0)).isEqualTo(api.get(begun).json());
        assertThat(all.json().get(0).get("offset").asInt()).isEqualTo(5);
        assertThat(all.json().get(0).get("used").asBoolean()).isFalse();
        assertThat(all.json().get(1).get("id").asLong()).isEqualTo(used);
        assertThat(all.json().get(1).get("used").asBoolean()).isTrue();
      }
    }

    @Test
    void comesInPages() {
      var writer =
          new TusClient(
              ApiClient.anonymous(server)
                  .with("api_token", TestTokens.make(server, "readers", Scope.WRITE)));
      var ids = Stream.generate(() -> writer.stage(1)).limit(3).toList();
      var reader =
          ApiClient.anonymous(server)
              .with("api_token", TestTokens.make(server, "readers", Scope.READ));
      var second = reader.get("/v2/uploads?page=2&num_results_per_page=1");
      assertThat(second.status()).as(second.text()).isEqualTo(200);
      assertThat(second.json().size()).isOne();
      assertThat(second.json().get(0).get("id").asLong()).isEqualTo(ids.get(1));
      assertThat(second.header("X-Total-Count")).hasValue("3");
      assertThat(second.header("Link").orElseThrow())
          .contains(
              "<%s/v2/uploads?page=3&num_results_per_page=1>; rel=\"next\""
                  .formatted(server.baseUrl()));
      assertThat(reader.get("/uploads?page=4").text()).isEqualTo("[]");
      assertRefused(reader.get("/uploads?page=0"), 400, "request.parameter-invalid");
      assertThat(tus.head("/uploads").header("Tus-Resumable"))
          .as("asked as a tus client asks for one")
          .hasValue("1.0.0");
    }
  }

  @Nested
  class Bounds {

    @Test
    void areTheQuotaOfImagesAndUploadsTogether() {
      try (var server = TestServer.start(SMALL)) {
        var tus = TusClient.of(server);
        var operator = ApiClient.of(server);
        long organization = server.bean(Organizations.class).get("default").id();
        var quota =
            operator.put(
                "/admin/organizations/" + organization,
                Map.of("quotas", Map.of("storage_bytes", 1000)));
        assertThat(quota.status()).as(quota.text()).isEqualTo(200);
        var path = tus.begin(600);
        var refused = tus.create(401);
        assertRefused(refused, 403, "quota.storage-exceeded");
        assertThat(refused.json().get("limit").asLong()).isEqualTo(1000);
        assertThat(refused.json().get("actual").asLong()).isEqualTo(1001);
        assertThat(tus.create(400).status()).isEqualTo(201);
        assertThat(tus.delete(path).status()).isEqualTo(204);
        assertThat(tus.create(600).status()).isEqualTo(201);
      }
    }

    @Test
    void areSoManyUploadsThatNobodyUses() {
      var writer =
          new TusClient(
              ApiClient.anonymous(server)
                  .with("api_token", TestTokens.make(server, "hoarders", Scope.WRITE)));
      for (int n = 0; n < StagedIntake.MAX_OPEN; n++) writer.begin(1);
      assertRefused(writer.create(1), 429, "staged-upload.too-many-open");
      var here = writer.api().get("/uploads").json();
      assertThat(here.size()).as("what is to be used or terminated").isEqualTo(100);
      assertThat(writer.delete("/uploads/" + here.get(99).get("id")).status()).isEqualTo(204);
      assertThat(writer.create(1).status()).isEqualTo(201);
      assertThat(tus.create(1).status()).as("of others").isEqualTo(201);
    }

    @Test
    void areSoManyRequestsAtATime() {
      var places = new Places();
      List<Places.Place> taken =
          Stream.generate(() -> places.take(1)).limit(Places.MOST_OF_ONE).toList();
      assertThatThrownBy(() -> places.take(1))
          .hasMessageContaining("staged-upload.too-many-at-once");
      for (long organization = 2; organization <= 4; organization++) {
        for (int n = 0; n < Places.MOST_OF_ONE; n++) places.take(organization);
      }
      assertThatThrownBy(() -> places.take(9)).hasMessageContaining("server.busy");
      taken.forEach(Places.Place::close);
      places.take(1).close();
    }
  }

  @Test
  void goesWithItsOrganization() {
    try (var server = TestServer.start(SMALL)) {
      var writer =
          new TusClient(
              ApiClient.anonymous(server)
                  .with("api_token", TestTokens.make(server, "gone", Scope.WRITE)));
      writer.upload(ZIP);
      writer.begin(10);
      var organizations = server.bean(Organizations.class);
      var operator = ApiClient.of(server);
      var path = "/admin/organizations/" + organizations.get("gone").id();
      assertThat(operator.delete(path).status()).isEqualTo(202);
      await().atMost(Duration.ofMinutes(2)).until(() -> operator.get(path).status() == 404);
      assertThat(count(server, "SELECT count(*) FROM staged_upload")).isZero();
      await().atMost(Duration.ofMinutes(2)).until(() -> files(server) == 0);
    }
  }

  private static int files(TestServer server) {
    try (var files = Files.walk(server.data().resolve("objects"))) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains(".incoming"))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
