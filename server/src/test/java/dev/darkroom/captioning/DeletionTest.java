package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.api.Caller;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

/// A dataset that is deleted at the instant at which all of its captions begin to be written anew.
@ExtendWith(OutputCaptureExtension.class)
class DeletionTest {

  /// Of the test alone: whoever deletes an image waits for it.
  private static final long GATE = 4711;

  private static final String LOCK = "SELECT id FROM dataset WHERE id = :id FOR UPDATE";

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(CaptionRunTest.PROPERTIES, TestCaptioner.Configuration.class);
    client = new UploadClient(server);
    server
        .jdbc()
        .sql(
            """
            CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock_shared(%d);
              RETURN OLD;
            END $$
            """
                .formatted(GATE))
        .update();
    server
        .jdbc()
        .sql(
            "CREATE TRIGGER pass BEFORE DELETE ON dataset_image FOR EACH ROW EXECUTE FUNCTION pass()")
        .update();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ofADatasetWaitsForNothingThatWaitsForIt(CapturedOutput output) throws Exception {
    long dataset = captionable();
    deleteAsCaptionsBegin(dataset, UploadClient.path(dataset, ""));
    assertThat(output).doesNotContain("deadlock");
  }

  @Test
  void ofAProjectWaitsForNothingThatWaitsForIt(CapturedOutput output) throws Exception {
    long dataset = captionable();
    long project = client.datasetAsSeen(dataset).get("project_id").asLong();
    deleteAsCaptionsBegin(dataset, "/tailored-gen/projects/" + project);
    assertThat(output).doesNotContain("deadlock");
  }

  private static void deleteAsCaptionsBegin(long dataset, String path) throws Exception {
    var closed = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    var gate = CompletableFuture.runAsync(() -> holdGate(closed, open), Thread::startVirtualThread);
    closed.await();
    CompletableFuture<Answer> deletion;
    try {
      deletion = beginBoth(dataset, path);
    } finally {
      open.countDown();
      gate.join();
    }
    Answer answer = deletion.join();
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
  }

  /// Returns when the deletion is in the middle of the images, and the first caption waits for it.
  private static CompletableFuture<Answer> beginBoth(long dataset, String path) {
    // The deletion has looked for jobs, and waits for the dataset, when the run begins.
    var deletion =
        inTransaction(() -> {
          var _ = server.jdbc().sql(LOCK).param("id", dataset).query().singleRow();
          var deleting =
              CompletableFuture.supplyAsync(
                  () -> client.api().delete(path), Thread::startVirtualThread);
          awaitWaiting(1);
          var _ = server.bean(ImageCaptions.class).regenerateAll(caller(), dataset);
          return deleting;
        });
    awaitWaiting(2);
    return deletion;
  }

  private static void holdGate(CountDownLatch closed, CountDownLatch open) {
    var _ =
        inTransaction(() -> {
          var _ =
              server
                  .jdbc()
                  .sql("SELECT pg_advisory_xact_lock(%d)".formatted(GATE))
                  .query()
                  .singleRow();
          closed.countDown();
          try {
            open.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return open;
        });
  }

  private static <T> T inTransaction(Supplier<T> work) {
    var result = server.bean(TransactionTemplate.class).execute(_ -> work.get());
    return Objects.requireNonNull(result);
  }

  /// Waits until so many at least wait for a lock.
  private static void awaitWaiting(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            count(
                    "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND datname = current_database()")
                >= count);
  }

  private static long captionable() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(3)))) {
      client.upload(dataset, source.url());
    }
    client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
    return dataset;
  }

  private static Caller caller() {
    long organization = count("SELECT id FROM organization WHERE name = 'default'");
    return new Caller(organization, 0, Scope.WRITE, false);
  }

  private static int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
