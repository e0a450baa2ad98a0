package dev.darkroom.preflight;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ArchiveFailure.CopyMissing;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.HookedSource;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.image.TestImages;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.stagedupload.TusClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class PreflightTest {

  private static final byte[] PNG = SampleImages.png(64, 64);

  private static TestServer server;
  private static UploadClient uploads;
  private static PreflightClient preflights;
  private static ZipServer good;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64",
                "darkroom.public-url", "https://darkroom.example",
                "darkroom.runtime", "nowhere")); // and so without a moderator
    uploads = new UploadClient(server);
    preflights = new PreflightClient(uploads.api());
    good = ZipServer.serving(TestZip.with(file("a.png", PNG), file("b.jpg", "no image")));
  }

  @AfterAll
  static void stop() {
    good.close();
    server.close();
  }

  @Nested
  class Requests {

    @Test
    void areAnsweredWithWhereToLook() {
      long dataset = uploads.dataset("fibo");
      Answer answer = preflights.begin(dataset, good.url(), Map.of());
      String url = "https://darkroom.example" + PreflightClient.path(dataset, "/status");
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.header("Location")).contains(url);
      assertThat(answer.header("Retry-After")).contains("1");
      assertThat(answer.json().get("dataset_id").asLong()).isEqualTo(dataset);
      assertThat(answer.json().get("status").asString()).isEqualTo("pending");
      assertThat(answer.json().get("status_url").asString()).isEqualTo(url);
      assertThat(answer.json().get("request_id").asString())
          .isEqualTo(answer.header("X-Request-Id").orElseThrow());
      assertThat(preflights.awaitEnd(dataset).get("request_id"))
          .isEqualTo(answer.json().get("request_id"));
    }

    @Test
    void areRefusedWhereAnUploadWouldBeForWhatIsWrongWithThem() {
      long dataset = uploads.dataset("fibo");
      assertRefused(preflights.begin(dataset, " ", Map.of()), 400, "bulk-upload.source-missing");
      assertRefused(
          preflights.begin(dataset, "ftp://x/a.zip", Map.of()), 400, "source.invalid-url");
      assertRefused(
          preflights.begin(dataset, good.url(), Map.of("increase_resolution", true)),
          400,
          "bulk-upload.upscaling-refused");
      assertRefused(
          preflights.begin(dataset, good.url(), Map.of("content_moderation", true)),
          400,
          "bulk-upload.no-moderator");
      assertRefused(
          preflights.begin(uploads.dataset("fibo", "basic"), good.url(), Map.of()),
          400,
          "bulk-upload.dataset-not-advanced");
      try (var gone = ZipServer.serving(PNG).always(404, "text/plain", "gone")) {
        assertRefused(preflights.begin(dataset, gone.url(), Map.of()), 400, "source.bad-status");
      }
      assertRefused(preflights.ask(dataset), 404, "preflight.not-found");
    }

    @Test
    void ofOtherOrganizationsAndOfReadersAreRefused() {
      long dataset = uploads.dataset("fibo");
      var stranger = as(TestTokens.make(server, "others", Scope.ADMIN));
      assertRefused(stranger.begin(dataset, good.url(), Map.of()), 404, "dataset.not-found");
      assertRefused(stranger.ask(dataset), 404, "dataset.not-found");
      var reader = as(TestTokens.make(server, "default", Scope.READ));
      assertThat(reader.begin(dataset, good.url(), Map.of()).status()).isEqualTo(403);
      assertRefused(reader.ask(dataset), 404, "preflight.not-found");
    }

    @Test
    void ofWhichOnlyOneIsAcceptedAtATime() throws Exception {
      long dataset = uploads.dataset("fibo");
      var release = new CountDownLatch(1);
      var archive = held(release, 3);
      try (var source = ZipServer.serving(archive);
          var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Answer>> requests = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
          requests.add(() -> preflights.begin(dataset, source.url(), Map.of()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (var answer : clients.invokeAll(requests)) {
          statuses.add(answer.get().status());
          if (answer.get().status() != 202) {
            assertRefused(answer.get(), 409, "preflight.already-running");
          }
        }
        assertThat(statuses).containsOnlyOnce(202);
        release.countDown();
        assertThat(preflights.awaitEnd(dataset).get("done").asInt()).isEqualTo(3);
        assertThat(preflights.run(dataset, good.url()).get("done").asInt()).isOne();
      }
    }

    @Test
    void ofOneOrganizationGoOnOnlySoManyAtATime() {
      var release = new CountDownLatch(1);
      var others = as(TestTokens.make(server, "busy", Scope.WRITE));
      var theirs = new UploadClient(client(TestTokens.make(server, "busy", Scope.WRITE)));
      try (var source = ZipServer.serving(held(release, 3))) {
        List<Long> running = new ArrayList<>();
        for (int n = 0; n < PreflightIntake.MAX_RUNNING; n++) {
          long dataset = theirs.dataset("fibo");
          running.add(dataset);
          assertThat(others.begin(dataset, source.url(), Map.of()).status()).isEqualTo(202);
        }
        long next = theirs.dataset("fibo");
        assertRefused(
            others.begin(next, source.url(), Map.of()), 409, "preflight.too-many-running");
        assertThat(preflights.run(uploads.dataset("fibo"), good.url()).get("done").asInt()).isOne();
        release.countDown();
        running.forEach(others::awaitEnd);
        assertThat(others.run(next, good.url()).get("done").asInt()).isOne();
      }
    }
  }

  @Nested
  class ThePreflight {

    @Test
    void usesUpNoAttemptAndStoresNothing() {
      long dataset = uploads.dataset("fibo");
      var before = count("SELECT count(*) FROM stored_object");
      JsonNode status = preflights.run(dataset, good.url());
      assertThat(status.get("status").asString()).isEqualTo("completed");
      assertThat(status.get("failed_images").get(0).get("type").asString())
          .isEqualTo("image.unsupported-format");
      assertThat(status.get("captions").get("skipped")).isEqualTo(status.get("done"));
      assertThat(uploads.images(dataset)).isEmpty();
      assertThat(count("SELECT count(*) FROM stored_object")).isEqualTo(before);
      assertThat(uploads.upload(dataset, good.url()).get("done").asInt()).isOne();
    }

    @Test
    void isThereAfterAnAttemptAndBesideOne() {
      long dataset = uploads.dataset("max");
      uploads.upload(dataset, good.url(), Map.of("automatic_captioning", true));
      // Nobody is told of a preflight's end, so that nothing is asked of the webhook.
      var more = Map.<String, Object>of("automatic_captioning", true, "webhook_url", "https://x/y");
      assertThat(preflights.run(dataset, good.url(), more).get("done").asInt()).isOne();
      var completed =
          uploads.api().put(UploadClient.path(dataset, ""), Map.of("status", "completed"));
      assertThat(completed.status()).as(completed.text()).isEqualTo(200);
      assertThat(preflights.run(dataset, good.url(), more).get("done").asInt()).isOne();
      assertThat(uploads.images(dataset)).hasSize(1);
    }

    @Test
    void forgetsTheUrlWhenItIsFinal() {
      long dataset = uploads.dataset("fibo");
      var release = new CountDownLatch(1);
      try (var source = ZipServer.serving(held(release, 3))) {
        assertThat(preflights.begin(dataset, source.url(), Map.of()).status()).isEqualTo(202);
        assertThat(text("source_shown", dataset)).endsWith("/archive.zip");
        assertThat(text("encode(source_sealed, 'escape')", dataset)).doesNotContain("secret");
        release.countDown();
        preflights.awaitEnd(dataset);
        assertThat(text("source_sealed", dataset)).isNull();
      }
    }

    @Test
    void isKeptForADayAndThenForgotten() {
      long dataset = uploads.dataset("fibo");
      preflights.run(dataset, good.url());
      age(dataset, "23 hours 59 minutes");
      assertThat(server.bean(Preflights.class).forgetExpired()).isZero();
      assertThat(preflights.ask(dataset).status()).isEqualTo(200);
      age(dataset, "24 hours 1 second");
      assertRefused(preflights.ask(dataset), 404, "preflight.not-found");
      assertThat(server.bean(Preflights.class).forgetExpired()).isOne();
      assertThat(count("SELECT count(*) FROM job WHERE dataset_id = " + dataset)).isZero();
      assertThat(preflights.run(dataset, good.url()).get("done").asInt()).isOne();
    }

    @Test
    void endsWithItsDataset() {
      long dataset = uploads.dataset("fibo");
      var release = new CountDownLatch(1);
      try (var source = ZipServer.serving(held(release, 3))) {
        assertThat(preflights.begin(dataset, source.url(), Map.of()).status()).isEqualTo(202);
        assertThat(uploads.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
        release.countDown();
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() ->
                count(
                        "SELECT count(*) FROM scheduled_tasks"
                            + " WHERE task_name LIKE 'preflight%' AND task_instance <> 'recurring'")
                    == 0);
      }
    }

    @Test
    void getsOnWhereConnectionsAreCut() {
      long dataset = uploads.dataset("fibo");
      try (var source = ZipServer.serving(held(new CountDownLatch(0), 150))) {
        source.truncateAfter(5_000, 5);
        assertThat(preflights.run(dataset, source.url()).get("done").asInt()).isEqualTo(150);
        source.ignoreRanges().truncateAfter(5_000, 4);
        assertThat(preflights.run(dataset, source.url()).get("done").asInt()).isEqualTo(150);
      }
    }

    @ParameterizedTest
    @CsvSource({"true, staged-upload.gone, 424", "false, archive.copy-missing, 500"})
    void tellsAnUploadThatWasGivenUpFromPiecesThatAreLost(boolean givenUp, String type, int code) {
      long upload = TusClient.of(server).upload(TestZip.with(file("a.png", PNG)).bytes());
      long dataset = uploads.dataset("fibo");
      server.bean(Scheduler.class).pause();
      try {
        var path = PreflightClient.path(dataset, "");
        assertThat(uploads.api().post(path, Map.of("upload_id", upload)).status()).isEqualTo(202);
        if (givenUp) {
          server
              .jdbc()
              .sql("DELETE FROM staged_upload WHERE id = :id")
              .param("id", upload)
              .update();
        }
        failWhileItsPiecesAreRead(dataset);
      } finally {
        server.bean(Scheduler.class).resume();
      }
      var error = preflights.awaitEnd(dataset).get("error");
      assertThat(error.get("type").asString()).isEqualTo(type);
      assertThat(error.get("code").asInt()).isEqualTo(code);
    }

    private static void failWhileItsPiecesAreRead(long dataset) {
      long id =
          server
              .jdbc()
              .sql("SELECT max(id) FROM job WHERE dataset_id = :dataset")
              .param("dataset", dataset)
              .query((row, _) -> row.getLong(1))
              .single();
      server
          .bean(TransactionTemplate.class)
          .executeWithoutResult(_ -> server.bean(PreflightJob.class).fail(id, new CopyMissing()));
    }

    @Test
    void failsAsAnUploadWouldWhereTheSourceIsGoneOrReplaced() {
      for (String type : List.of("archive.source-refused", "archive.changed")) {
        long dataset = uploads.dataset("fibo");
        var archive = new HookedSource(zip(150).source());
        try (var source = ZipServer.serving(archive)) {
          archive.beforeEachRead(_ -> {
            // After the two probes and the two reads of the directory.
            if (source.requests().size() <= 4) return;
            if (type.equals("archive.changed")) {
              source.replaceWith(zip(150).comment("another").source(), "\"v2\"");
            } else {
              source.always(404, "text/plain", "gone");
            }
            throw new IllegalStateException("the connection breaks");
          });
          JsonNode status = preflights.run(dataset, source.url());
          assertThat(status.get("status").asString()).isEqualTo("failed");
          assertThat(status.get("error").get("type").asString()).isEqualTo(type);
          assertThat(status.toString()).doesNotContain("secret");
          assertThat(count("SELECT count(*) FROM preflight_chunk")).isZero();
        }
      }
    }

    @Test
    void readsOnlyTheHeadsOfLargeImages() {
      long dataset = uploads.dataset("fibo");
      byte[] behind = new byte[2_000_000];
      List<TestEntry> large =
          IntStream.range(0, 20)
              .mapToObj(n -> file(n + ".png", TestImages.concat(PNG, behind)).stored())
              .toList();
      try (var source = ZipServer.serving(TestZip.with(large))) {
        assertThat(preflights.run(dataset, source.url()).get("done").asInt()).isEqualTo(20);
        assertThat(source.bytesServed()).isLessThan(20 * 40_000 + 300_000);
      }
    }

    @Test
    void streamsAnArchiveWithoutRangesOnce() {
      long dataset = uploads.dataset("fibo");
      try (var source = ZipServer.serving(zip(150)).ignoreRanges()) {
        assertThat(preflights.run(dataset, source.url()).get("done").asInt()).isEqualTo(150);
        // The probes of the request and of the plan, and the archive itself.
        assertThat(source.requests()).hasSize(3);
        source.withoutLength();
        assertThat(preflights.run(dataset, source.url()).get("done").asInt()).isEqualTo(150);
      }
    }
  }

  private static TestZip zip(int images) {
    return TestZip.with(
        IntStream.range(0, images).mapToObj(n -> file("%03d.png".formatted(n), PNG)).toList());
  }

  /// An archive whose end, where the directory is, comes when it is released.
  private static HookedSource held(CountDownLatch release, int images) {
    var archive = new HookedSource(zip(images).source());
    archive.beforeEachRead(offset -> {
      if (offset == 0) return;
      try {
        release.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
    return archive;
  }

  private static ApiClient client(String token) {
    return ApiClient.anonymous(server).with("api_token", token);
  }

  private static PreflightClient as(String token) {
    return new PreflightClient(client(token));
  }

  private static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(type);
  }

  private static void age(long dataset, String interval) {
    server
        .jdbc()
        .sql(
            "UPDATE preflight SET finished_at = now() - CAST(:interval AS interval) WHERE dataset_id = :id")
        .param("interval", interval)
        .param("id", dataset)
        .update();
  }

  private static String text(String column, long dataset) {
    return server
        .jdbc()
        .sql("SELECT %s FROM preflight WHERE dataset_id = %d".formatted(column, dataset))
        .query((row, _) -> row.getString(1))
        .list()
        .getFirst();
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
