package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.moderation.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A bulk upload that a client wants no longer, at each of its steps.
class CancellationTest {

  private static TestServer server;
  private static UploadClient client;
  private static FaultyStore store;
  private static TestCaptioner captioner;
  private static TestModerator moderator;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64",
                "db-scheduler.polling-interval", "20ms"),
            FaultyStore.Configuration.class,
            TestCaptioner.Configuration.class,
            TestModerator.Configuration.class);
    client = new UploadClient(server);
    store = server.bean(FaultyStore.class);
    captioner = server.bean(TestCaptioner.class);
    moderator = server.bean(TestModerator.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    store.recover();
    captioner.becomeUsual();
    moderator.passAll();
  }

  @Test
  void endsAnUploadWhoseSourceNoLongerAnswers() {
    long dataset = client.dataset("fibo");
    try (var source = stalling(TinyImages.zip(2))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      await().until(() -> phase(dataset).equals("reading"));
      assertCancelled(dataset);
      assertNothingIsLeft(dataset);
    }
  }

  @Test
  void endsAnUploadInTheMiddleOfItsImages() throws InterruptedException {
    long dataset = client.dataset("fibo");
    var reached = new CountDownLatch(1);
    store.beforeEachPut(key -> {
      if (!key.value().contains("/00070")) return;
      reached.countDown();
      holdFor(new CountDownLatch(1));
    });
    try (var source = ZipServer.serving(TinyImages.zip(100))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      reached.await();
      await().until(() -> client.status(dataset).get("done").asInt() == 64);
      JsonNode before = client.status(dataset);
      JsonNode status = assertCancelled(dataset);
      assertThat(status.get("done").asInt()).as("what had passed").isEqualTo(64);
      assertThat(status.get("total").asInt()).isEqualTo(100);
      assertThat(status.get("progress_percentage")).isEqualTo(before.get("progress_percentage"));
      assertNothingIsLeft(dataset);
    }
  }

  @Test
  void endsAnUploadThatIsModerated() throws InterruptedException {
    long dataset = client.dataset("fibo");
    var reached = new CountDownLatch(1);
    moderator.become((call, _) -> {
      if (call == 4) {
        reached.countDown();
        new CountDownLatch(1).await();
      }
      return new Verdict.Passed(Map.of());
    });
    try (var source = ZipServer.serving(TinyImages.zip(8))) {
      assertThat(client.submit(dataset, source.url(), Map.of("content_moderation", true)).status())
          .isEqualTo(202);
      reached.await();
      await().until(() -> client.status(dataset).get("done").asInt() == 7);
      assertThat(assertCancelled(dataset).get("done").asInt()).isEqualTo(7);
      assertNothingIsLeft(dataset);
    }
  }

  @Test
  void removesPublishedImagesThatWaitForTheirCaptions() throws InterruptedException {
    long dataset = client.dataset("fibo");
    client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
    var reached = new CountDownLatch(1);
    captioner.become((_, _) -> {
      reached.countDown();
      new CountDownLatch(1).await();
      throw new AssertionError();
    });
    try (var source = ZipServer.serving(TinyImages.zip(8))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      reached.await();
      assertThat(client.images(dataset)).hasSize(8);
      String touched =
          server
              .jdbc()
              .sql("SELECT updated_at FROM dataset WHERE id = " + dataset)
              .query((row, _) -> row.getString(1))
              .single();
      JsonNode before = client.status(dataset);
      JsonNode status = assertCancelled(dataset);
      assertThat(status.get("done").asInt()).isEqualTo(8);
      assertThat(status.get("captions")).isEqualTo(before.get("captions"));
      assertThat(status.get("progress_percentage")).isEqualTo(before.get("progress_percentage"));
      JsonNode now = client.datasetAsSeen(dataset);
      assertThat(now.get("captions_update_status").asString()).isEqualTo("completed");
      assertThat(
              count(
                  "SELECT count(*) FROM dataset WHERE id = %d AND updated_at > '%s'"
                      .formatted(dataset, touched)))
          .as("updated since")
          .isOne();
      assertNothingIsLeft(dataset);
    }
  }

  @Test
  void refusesToCancelWhatIsFinal() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(1))) {
      client.upload(dataset, source.url());
    }
    assertRefused(cancel(client.api(), dataset), 409, "bulk-upload.already-final");
    assertThat(client.images(dataset)).hasSize(1);
  }

  @Test
  void refusesToCancelTwice() {
    long dataset = cancelled();
    JsonNode status = client.status(dataset);
    assertRefused(cancel(client.api(), dataset), 409, "bulk-upload.already-final");
    assertThat(client.status(dataset)).isEqualTo(status);
  }

  @Test
  void usesUpTheAttempt() {
    long dataset = cancelled();
    try (var source = ZipServer.serving(TinyImages.zip(1))) {
      assertRefused(client.submit(dataset, source.url()), 400, "bulk-upload.already-attempted");
    }
  }

  @Test
  void findsNoUploadWhereThereNeverWasOne() {
    long dataset = client.dataset("fibo");
    assertRefused(cancel(client.api(), dataset), 404, "bulk-upload.not-found");
    assertRefused(cancel(tokenOf("default", Scope.READ), dataset), 404, "bulk-upload.not-found");
  }

  @Test
  void findsNoUploadOfAnotherOrganization() {
    long dataset = cancelled();
    assertRefused(cancel(tokenOf("strangers", Scope.WRITE), dataset), 404, "dataset.not-found");
  }

  @Test
  void asksForATokenThatMayWriteBeforeTheStateIsTold() {
    long dataset = cancelled();
    assertRefused(cancel(tokenOf("default", Scope.READ), dataset), 403, "token.read-only");
  }

  /// A server that shows its first bytes and gives no others.
  private static ZipServer stalling(TestZip zip) {
    var archive = new HookedSource(zip.source());
    archive.beforeEachRead(offset -> {
      if (offset > 0) holdFor(new CountDownLatch(1));
    });
    return ZipServer.serving(archive);
  }

  /// A dataset whose upload was cancelled.
  private static long cancelled() {
    long dataset = client.dataset("fibo");
    try (var source = stalling(TinyImages.zip(1))) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      assertCancelled(dataset);
    }
    return dataset;
  }

  private static ApiClient tokenOf(String organization, Scope scope) {
    return ApiClient.anonymous(server)
        .with("api_token", TestTokens.make(server, organization, scope));
  }

  private static JsonNode assertCancelled(long dataset) {
    Answer answer = cancel(client.api(), dataset);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    JsonNode status = client.status(dataset);
    assertThat(answer.json()).as("the answer is the status").isEqualTo(status);
    assertThat(status.get("status").asString()).isEqualTo("failed");
    assertThat(status.get("phase").asString()).isEqualTo("finished");
    assertThat(status.get("error").get("code").asInt()).isEqualTo(499);
    assertThat(status.get("error").get("type").asString()).isEqualTo("bulk-upload.cancelled");
    return status;
  }

  /// At once in the database, and in the store as soon as what was under way has stopped.
  private static void assertNothingIsLeft(long dataset) {
    JsonNode status = client.status(dataset);
    assertThat(client.images(dataset)).isEmpty();
    assertThat(client.datasetAsSeen(dataset).get("images_count").asInt()).isZero();
    assertThat(count("SELECT count(*) FROM dataset_image WHERE dataset_id = " + dataset)).isZero();
    assertThat(count("SELECT count(*) FROM bulk_upload WHERE source_sealed IS NOT NULL")).isZero();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
    server.bean(CleanUpTask.class).run();
    assertThat(
            count(
                "SELECT count(*) FROM stored_object WHERE job_id IN (SELECT id FROM job"
                    + " WHERE dataset_id = %d)".formatted(dataset)))
        .isZero();
    assertThat(client.status(dataset)).as("for ever the same").isEqualTo(status);
  }

  private static Answer cancel(ApiClient api, long dataset) {
    return api.post(UploadClient.path(dataset, "/images/bulk-upload/cancel"), "");
  }

  private static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(type);
  }

  private static String phase(long dataset) {
    return client.status(dataset).get("phase").asString();
  }

  private static void holdFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
