package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.archive.ZipServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// How a run of a step ends when it does not end well.
@ExtendWith(OutputCaptureExtension.class)
class StepRunnerTest {

  private static final int OUTAGES = 3;
  private static final int MAX_TRIES = 7;

  private static TestServer server;
  private static UploadClient client;
  private static FaultyStore store;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.job.outage-limit", "2s",
                "darkroom.limits.min-dimension", "64",
                "db-scheduler.polling-interval", "20ms",
                "db-scheduler.heartbeat-interval", "250ms"),
            FaultyStore.Configuration.class);
    client = new UploadClient(server);
    store = server.bean(FaultyStore.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void recover() {
    store.recover();
  }

  @Test
  void writesNothingWhenTheSchedulersRowWasTakenOver() {
    writesNothingWhenOvertakenBy(
        """
        UPDATE scheduled_tasks SET version = version + 1
        WHERE task_name = 'ingest' AND split_part(task_instance, '/', 1)::bigint = :upload
        """);
  }

  @Test
  void writesNothingWhenTheStepBeganAgain() {
    writesNothingWhenOvertakenBy(
        """
        UPDATE job_step SET attempt = attempt + 1 WHERE task = 'ingest' AND job_id = :upload
        """);
  }

  private static void writesNothingWhenOvertakenBy(String takeOver) {
    long dataset = client.dataset("fibo");
    var puts = new AtomicInteger();
    var written = new LinkedBlockingQueue<Long>();
    store.beforeEachPut(_ -> {
      int put = puts.incrementAndGet();
      if (put == 1) {
        server.jdbc().sql(takeOver).param("upload", uploadOf(dataset)).update();
      } else if (put == 3) {
        // The one image's second run: the first has ended.
        written.add(
            count("SELECT done + failed FROM bulk_upload WHERE dataset_id = :dataset", dataset)
                + count("SELECT count(*) FROM dataset_image WHERE dataset_id = :dataset", dataset));
      }
    });
    JsonNode status = upload(dataset, 1);
    assertThat(status.get("status").asString()).isEqualTo("completed");
    assertThat(status.get("done").asInt()).isOne();
    assertThat(written).containsExactly(0L);
    assertThat(client.images(dataset)).hasSize(1);
  }

  @Test
  void writesNothingOfAnUploadThatBecameFinalMeanwhile() {
    long dataset = client.dataset("fibo");
    var once = new AtomicInteger();
    store.beforeEachPut(key -> {
      // The first chunk ends the upload, while the second, behind it, is under way.
      if (once.incrementAndGet() == 1) fail(dataset);
    });
    JsonNode status = upload(dataset, 3);
    assertThat(status.get("error").get("type").asString()).isEqualTo("archive.no-images");
    awaitNoTasks();
    assertThat(client.status(dataset).get("total_processed").asInt()).isZero();
    assertThat(count("SELECT count(*) FROM dataset_image WHERE dataset_id = :dataset", dataset))
        .isZero();
  }

  private static void fail(long dataset) {
    server
        .jdbc()
        .sql(
            """
            WITH ended AS (
              UPDATE job SET running = false WHERE dataset_id = :dataset)
            UPDATE bulk_upload SET state = 'failed', phase = 'finished', finished_at = now(), source_sealed = NULL,
              failure_status = 422, failure_type = 'archive.no-images', failure_message = 'none'
            WHERE dataset_id = :dataset
            """)
        .param("dataset", dataset)
        .update();
  }

  @Test
  void failsTheUploadWithAnInternalErrorAtTheLastTryOfABug(CapturedOutput output) {
    long dataset = client.dataset("fibo");
    var puts = new AtomicInteger();
    store.beforeEachPut(_ -> {
      puts.incrementAndGet();
      throw new IllegalStateException("a bug");
    });
    assertFailed(upload(dataset, 1), 500, "job.internal-error");
    assertThat(puts).hasValue(MAX_TRIES);
    assertThat(output).contains("a bug").doesNotContain("signature=secret");
    awaitNoTasks();
  }

  @Test
  void failsTheUploadWithAnInternalErrorWhenThereIsNoMemory() {
    long dataset = client.dataset("fibo");
    store.beforeEachPut(_ -> {
      throw new OutOfMemoryError("as if");
    });
    assertFailed(upload(dataset, 1), 500, "job.internal-error");
    awaitNoTasks();
  }

  @Test
  void failsTheUploadWhoseSourceCannotBeOpenedAnyMore() {
    long dataset = client.dataset("fibo");
    store.beforeEachPut(_ -> {
      server
          .jdbc()
          .sql("UPDATE bulk_upload SET source_sealed = 'x' WHERE dataset_id = :dataset")
          .param("dataset", dataset)
          .update();
      throw new IllegalStateException("so that there is another try");
    });
    assertFailed(upload(dataset, 1), 500, "secret.cannot-open");
    awaitNoTasks();
  }

  @Test
  void failsTheUploadWithTheSourcesFaultAtTheLastTry() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(1)).ignoreRanges()) {
      store.beforeEachPut(_ -> {
        source.always(503, "text/plain", "busy");
        throw new IllegalStateException("so that there is another try");
      });
      assertFailed(client.upload(dataset, source.url()), 424, "archive.connection-lost");
    }
    assertThat(step(dataset, "plan", "tries")).isEqualTo(MAX_TRIES);
  }

  @Test
  void failsTheUploadAtOnceWhenTheSourceGivesItNoLonger() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(1))) {
      store.beforeEachPut(_ -> {
        source.always(404, "text/plain", "gone");
        throw new IllegalStateException("so that there is another try");
      });
      assertFailed(client.upload(dataset, source.url()), 424, "archive.source-refused");
    }
    assertThat(ingestStep(dataset, "tries")).isEqualTo(2);
  }

  @Test
  void failsTheUploadWithUnprocessableContentWhenTheUrlGivesAPageInTheEnd() {
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(TinyImages.zip(1)).ignoreRanges()) {
      store.beforeEachPut(_ -> {
        source.html();
        throw new IllegalStateException("so that there is another try");
      });
      assertFailed(client.upload(dataset, source.url()), 422, "archive.not-readable");
    }
  }

  @Test
  void waitsWithoutATryWhileTheStoreIsOut() {
    long dataset = client.dataset("fibo");
    var tries = new LinkedBlockingQueue<Integer>();
    var puts = new AtomicInteger();
    store.beforeEachPut(_ -> {
      if (puts.incrementAndGet() > OUTAGES) return;
      tries.add(ingestStep(dataset, "tries"));
      throw new IOException("the store is out");
    });
    assertThat(upload(dataset, 1).get("status").asString()).isEqualTo("completed");
    assertThat(tries).hasSize(OUTAGES).containsOnly(1);
  }

  @Test
  void waitsWithoutATryWhileTheStoreCannotTakeTheCopyOfTheZip() {
    long dataset = client.dataset("fibo");
    var tries = new LinkedBlockingQueue<Integer>();
    var puts = new AtomicInteger();
    store.beforeEachPut(_ -> {
      if (puts.incrementAndGet() > OUTAGES) return;
      tries.add(step(dataset, "plan", "tries"));
      throw new IOException("out");
    });
    try (var source = ZipServer.serving(TinyImages.zip(1)).ignoreRanges()) {
      assertThat(client.upload(dataset, source.url()).get("status").asString())
          .isEqualTo("completed");
    }
    assertThat(tries).hasSize(OUTAGES).containsOnly(1);
  }

  @Test
  void waitsWithoutATryWhileTheDatabaseDropsItsConnections() {
    long dataset = client.dataset("fibo");
    var tries = new LinkedBlockingQueue<Integer>();
    var puts = new AtomicInteger();
    // The first settlement waits for this table, and its connection is ended there.
    store.beforeEachPut(_ -> {
      if (puts.incrementAndGet() == 1) failNextSettlement();
      if (puts.get() % 2 == 1) tries.add(ingestStep(dataset, "tries"));
    });
    assertThat(upload(dataset, 1).get("status").asString()).isEqualTo("completed");
    assertThat(tries).containsExactly(1, 1);
  }

  /// The first image that is written ends the connection that writes it.
  private static void failNextSettlement() {
    server.jdbc().sql("CREATE SEQUENCE IF NOT EXISTS strikes").update();
    server
        .jdbc()
        .sql(
            """
            CREATE OR REPLACE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF nextval('strikes') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
              RETURN NEW;
            END $$
            """)
        .update();
    server
        .jdbc()
        .sql(
            "CREATE TRIGGER strike BEFORE INSERT ON dataset_image FOR EACH ROW EXECUTE FUNCTION strike()")
        .update();
  }

  @Test
  void failsTheUploadWhenAnOutageLastsTooLong() {
    long dataset = client.dataset("fibo");
    store.beforeEachPut(_ -> {
      throw new IOException("the store is out");
    });
    JsonNode status = upload(dataset, 1);
    assertFailed(status, 500, "job.outage");
    assertThat(status.get("error").get("message").asString()).contains("2 s");
    awaitNoTasks();
  }

  @Test
  void handsTheStepBackWhenItIsInterrupted() {
    long dataset = client.dataset("fibo");
    var once = new AtomicInteger();
    // The copy is put by the step's own thread.
    store.beforeEachPut(_ -> {
      if (once.incrementAndGet() == 1) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted");
      }
    });
    try (var source = ZipServer.serving(TinyImages.zip(1)).ignoreRanges()) {
      assertThat(client.upload(dataset, source.url()).get("status").asString())
          .isEqualTo("completed");
    }
    assertThat(step(dataset, "plan", "attempt")).isEqualTo(2);
    assertThat(step(dataset, "plan", "tries")).isOne();
  }

  private static JsonNode upload(long dataset, int images) {
    try (var source = ZipServer.serving(TinyImages.zip(images))) {
      return client.upload(dataset, source.url());
    }
  }

  private static void assertFailed(JsonNode status, int code, String type) {
    assertThat(status.get("status").asString()).as(status.toString()).isEqualTo("failed");
    JsonNode error = status.get("error");
    assertThat(List.of(error.get("code").asInt(), error.get("type").asString()))
        .isEqualTo(List.of(code, type));
  }

  private static void awaitNoTasks() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            server
                    .jdbc()
                    .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                    .query((row, _) -> row.getInt(1))
                    .single()
                == 0);
  }

  private static int ingestStep(long dataset, String column) {
    return step(dataset, "ingest", column);
  }

  private static int step(long dataset, String task, String column) {
    return server
        .jdbc()
        .sql(
            """
            SELECT step.* FROM job_step step JOIN bulk_upload ON bulk_upload.id = job_id
            WHERE dataset_id = :dataset AND task = :task
            """)
        .param("dataset", dataset)
        .param("task", task)
        .query((row, _) -> row.getInt(column))
        .single();
  }

  private static long uploadOf(long dataset) {
    return count("SELECT id FROM bulk_upload WHERE dataset_id = :dataset", dataset);
  }

  private static long count(String sql, long dataset) {
    return server
        .jdbc()
        .sql(sql)
        .param("dataset", dataset)
        .query((row, _) -> row.getLong(1))
        .single();
  }
}
