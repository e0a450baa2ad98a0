package dev.darkroom.uploadstatus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.bulkupload.UploadClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class StatusPollingTest {

  /// More than a node has connections to its database.
  private static final int SEATS = 20;

  private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private static TestServer server;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of("darkroom.status.max-watchers-per-organization", Integer.toString(SEATS)));
    client = ApiClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    threads.close();
  }

  @Nested
  class NotModified {

    @Test
    void answersWithoutABodyWhileTheStatusIsTheSame() {
      var upload = TestUpload.of(server, client, 10);
      Answer first = client.get(upload.path());
      assertThat(first.header("Cache-Control")).hasValue("private, no-cache");
      Answer again = client.with("If-None-Match", tag(first)).get(upload.path());
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
      assertThat(tag(again)).isEqualTo(tag(first)).startsWith("W/\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\"other\", %s", "*"})
    void readsEveryFormOfIfNoneMatch(String header) {
      var upload = TestUpload.of(server, client, 10);
      var known = header.formatted(tag(client.get(upload.path())));
      assertThat(client.with("If-None-Match", known).get(upload.path()).status()).isEqualTo(304);
    }

    @Test
    void comparesTagsWeakly() {
      var upload = TestUpload.of(server, client, 10);
      var strong = tag(client.get(upload.path())).substring("W/".length());
      assertThat(client.with("If-None-Match", strong).get(upload.path()).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "UPDATE bulk_upload SET done = done + 1 WHERE id = :id",
          "UPDATE bulk_upload SET failed = failed + 1 WHERE id = :id",
          "UPDATE bulk_upload SET total = total + 1 WHERE id = :id",
          "UPDATE bulk_upload SET ignored = ignored + 1 WHERE id = :id",
          "UPDATE bulk_upload SET captions_skipped = 1 WHERE id = :id",
          "UPDATE bulk_upload SET phase = 'moderating' WHERE id = :id",
          "UPDATE bulk_upload SET request_id = 'other' WHERE id = :id",
          "UPDATE bulk_upload SET state = 'pending', phase = 'waiting', started_at = NULL WHERE id = :id",
          """
          UPDATE bulk_upload SET state = 'failed', phase = 'finished', finished_at = now(), failure_status = 499,
            failure_type = 'test.failed', failure_message = 'm' WHERE id = :id
          """,
          "UPDATE job SET outage_since = now(), outage_type = 'test.out', outage_message = 'm' WHERE id = :id",
          """
          INSERT INTO caption_run (id, dataset_id, state, total, started_at)
          SELECT id, dataset_id, 'running', 1, now() FROM bulk_upload WHERE id = :id
          """
        })
    void anyChangeOfWhatIsToldIsAnotherVersion(String change) {
      var upload = TestUpload.of(server, client, 10);
      var before = tag(client.get(upload.path()));
      upload.change(change);
      var after = client.with("If-None-Match", before).get(upload.path());
      assertThat(after.status()).isEqualTo(200);
      assertThat(tag(after)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"done", "failed", "skipped"})
    void everyCaptionThatIsSettledIsAnotherVersion(String counter) {
      var upload = TestUpload.of(server, client, 10);
      upload.change(
          """
          INSERT INTO caption_run (id, dataset_id, state, total, started_at)
          SELECT id, dataset_id, 'running', 9, now() FROM bulk_upload WHERE id = :id
          """);
      var before = tag(client.get(upload.path()));
      upload.change("UPDATE caption_run SET %1$s = %1$s + 1 WHERE id = :id".formatted(counter));
      assertThat(tag(client.get(upload.path()))).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage_since = now() + interval '1 min'", "outage_message = 'other'"})
    void everyChangeOfAnOutageIsAnotherVersion(String change) {
      var upload = TestUpload.of(server, client, 10);
      upload.change(
          "UPDATE job SET outage_since = now(), outage_type = 'test.out', outage_message = 'm' WHERE id = :id");
      var before = tag(client.get(upload.path()));
      upload.change("UPDATE job SET " + change + " WHERE id = :id");
      assertThat(tag(client.get(upload.path()))).isNotEqualTo(before);
    }

    @Test
    void whatNoStatusTellsIsNoOtherVersion() {
      var upload = TestUpload.of(server, client, 10);
      var before = tag(client.get(upload.path()));
      upload.change(
          "UPDATE bulk_upload SET source_sealed = 'x', source_version = '{}' WHERE id = :id");
      assertThat(tag(client.get(upload.path()))).isEqualTo(before);
    }

    @Test
    void theEstimateOfTheRestIsNoPartOfTheVersion() {
      var upload = TestUpload.of(server, client, 10);
      upload.fail(5);
      Answer before = client.get(upload.path());
      upload.change("UPDATE bulk_upload SET started_at = now() - interval '1 h' WHERE id = :id");
      assertThat(tag(client.get(upload.path()))).isEqualTo(tag(before));
    }

    @Test
    void readsNoEntryOfTheArchive() {
      var upload = TestUpload.of(server, client, 10);
      var known = client.with("If-None-Match", tag(client.get(upload.path())));
      var transaction = server.bean(TransactionTemplate.class);
      Integer status =
          transaction.execute(_ -> {
            server.jdbc().sql("LOCK TABLE bulk_upload_entry IN ACCESS EXCLUSIVE MODE").update();
            return result(threads.submit(() -> known.get(upload.path()))).status();
          });
      assertThat(status).isEqualTo(304);
    }
  }

  @Nested
  class Body {

    @Test
    void hasTheFieldsOfAStatusInTheirOrder() {
      var upload = TestUpload.of(server, client, 10);
      upload.fail(2);
      Answer answer = client.get(upload.path());
      assertThat(answer.header("Content-Type")).hasValue("application/json");
      assertThat(answer.json().propertyNames())
          .containsExactly(
              "status",
              "progress_percentage",
              "total_processed",
              "done",
              "failed",
              "failed_images",
              "total",
              "ignored",
              "ignored_entries",
              "phase",
              "captions",
              "error",
              "outage",
              "request_id",
              "created_at",
              "started_at",
              "finished_at",
              "eta_seconds");
      assertThat(answer.json().get("failed_images").get(1).toString())
          .isEqualTo(
              "{\"filename\":\"shoot/2.jpg\",\"error_code\":412,"
                  + "\"error_message\":\"640 x 480 pixels; 1024 at least\",\"type\":\"image.too-small\","
                  + "\"ordinal\":2,\"limit\":1024,\"actual\":480}");
      assertThat(answer.json().get("ignored_entries").toString())
          .isEqualTo("[{\"filename\":\"shoot/0.jpg\",\"reason\":\"a folder\"}]");
    }

    @Test
    void isTheSameAtBothPathsAndUnderEveryVersion() {
      var upload = TestUpload.of(server, client, 10).complete();
      byte[] status = client.get(upload.path()).bytes();
      var other = UploadClient.path(upload.dataset(), "/bulk-upload/status");
      assertThat(client.get(other).bytes()).isEqualTo(status);
      assertThat(client.get("/v2" + other).bytes()).isEqualTo(status);
    }

    /// Many poll while the upload goes on: each gets numbers that add up, and a tag that stands for
    /// these numbers alone.
    @Test
    void addsUpForAllWhoPollAnUploadThatGoesOn() throws Exception {
      var upload = TestUpload.of(server, client, 3000);
      Map<String, Integer> failedByTag = new ConcurrentHashMap<>();
      List<Future<?>> pollers = new ArrayList<>();
      for (int n = 0; n < 16; n++) {
        pollers.add(threads.submit(() -> pollToTheEnd(upload, failedByTag)));
      }
      for (int n = 0; n < 60; n++) upload.fail(50);
      upload.complete();
      for (var poller : pollers) result(poller);
      assertThat(failedByTag).hasSizeGreaterThan(1).containsValue(3000);
    }

    private void pollToTheEnd(TestUpload upload, Map<String, Integer> failedByTag) {
      int last = 0;
      JsonNode status;
      do {
        Answer answer = client.get(upload.path());
        status = answer.json();
        int failed = status.get("failed").asInt();
        assertThat(status.get("failed_images")).hasSize(failed);
        assertThat(failed).as("no older one than before").isGreaterThanOrEqualTo(last);
        assertThat(failedByTag.merge(tag(answer), failed, (before, _) -> before)).isEqualTo(failed);
        last = failed;
      } while (!status.get("status").asString().equals("completed"));
    }
  }

  @Nested
  class Waiting {

    @Test
    void endsForAllWithTheChange() {
      var watchers = Watchers.of(server);
      var upload = TestUpload.of(server, watchers.client(), 10);
      var known = tag(client(watchers, upload));
      List<Future<Answer>> waiting =
          polls(watchers.client().with("Prefer", "wait=30").with("If-None-Match", known), upload);
      watchers.awaitFull();
      assertThat(client(watchers, upload).status()).as("others are answered").isEqualTo(200);
      upload.fail(3);
      assertThat(waiting)
          .allSatisfy(each -> {
            Answer answer = result(each);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("failed").asInt()).isEqualTo(3);
            assertThat(answer.header("Preference-Applied")).hasValue("wait=30");
          });
    }

    @Test
    void isForAnotherStatusThanAtTheArrivalWhereNoneIsKnown() {
      var watchers = Watchers.of(server);
      var upload = TestUpload.of(server, watchers.client(), 10);
      var waiting = polls(watchers.client().with("Prefer", "wait=30"), upload);
      watchers.awaitFull();
      upload.fail(3);
      assertThat(waiting)
          .allSatisfy(each -> assertThat(result(each).json().get("failed").asInt()).isEqualTo(3));
    }

    @Test
    void endsWithTheTime() {
      var upload = TestUpload.of(server, client, 10);
      var known = tag(client.get(upload.path()));
      long begin = System.nanoTime();
      Answer answer =
          client.with("Prefer", "wait=1").with("If-None-Match", known).get(upload.path());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
      assertThat(answer.status()).isEqualTo(304);
      assertThat(answer.header("Preference-Applied")).hasValue("wait=1");
    }

    @Test
    void isNeedlessWhereTheKnownStatusIsAnother() {
      var upload = TestUpload.of(server, client, 10);
      assertAtOnce(client.with("If-None-Match", "W/\"older\""), upload, 200);
    }

    @Test
    void isNeedlessWhereTheStatusIsFinal() {
      var upload = TestUpload.of(server, client, 10).complete();
      assertAtOnce(client, upload, 200);
      assertAtOnce(client.with("If-None-Match", tag(client.get(upload.path()))), upload, 304);
    }

    private void assertAtOnce(ApiClient client, TestUpload upload, int status) {
      long begin = System.nanoTime();
      assertThat(client.with("Prefer", "wait=30").get(upload.path()).status()).isEqualTo(status);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "wait=31",
          "wait=99999999999999999999",
          "respond-async, WAIT = \"30\"; x=1, wait=2"
        })
    void isForThirtySecondsAtMost(String preference) {
      var upload = TestUpload.of(server, client, 10).complete();
      Answer answer = client.with("Prefer", preference).get(upload.path());
      assertThat(answer.header("Preference-Applied")).hasValue("wait=30");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"wait", "wait=", "wait=-1", "wait=1.5", "wait=x", "await=5", "x=wait=5"})
    void isNotForWhatIsNoPreference(String preference) {
      var upload = TestUpload.of(server, client, 10);
      Answer answer = client.with("Prefer", preference).get(upload.path());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Preference-Applied")).isEmpty();
    }

    @Test
    void endsWhereTheDatasetIsDeleted() {
      var watchers = Watchers.of(server);
      var upload = TestUpload.of(server, watchers.client(), 10);
      var waiting = polls(watchers.client().with("Prefer", "wait=30"), upload);
      watchers.awaitFull();
      upload.deleteDataset();
      assertThat(waiting).allSatisfy(each -> assertThat(result(each).status()).isEqualTo(404));
    }

    @Test
    void endsAtOnceWithTheServer() {
      var node =
          TestServer.start(
              Map.of("darkroom.status.max-watchers-per-organization", Integer.toString(SEATS)));
      List<Future<Answer>> waiting;
      try (node) {
        var watchers = Watchers.of(node);
        var upload = TestUpload.of(node, watchers.client(), 10);
        var known = tag(client(watchers, upload));
        waiting =
            polls(watchers.client().with("Prefer", "wait=30").with("If-None-Match", known), upload);
        watchers.awaitFull();
      }
      assertThat(waiting).allSatisfy(each -> assertThat(result(each).status()).isEqualTo(304));
    }

    private List<Future<Answer>> polls(ApiClient client, TestUpload upload) {
      List<Future<Answer>> polls = new ArrayList<>();
      for (int n = 0; n < SEATS; n++) polls.add(threads.submit(() -> client.get(upload.path())));
      return polls;
    }

    private Answer client(Watchers watchers, TestUpload upload) {
      return watchers.client().get(upload.path());
    }
  }

  @Nested
  class Negotiation {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "*/*",
          "application/*",
          "application/json, text/csv",
          "text/html, */*;q=0.1",
          "text/csv;q=0.5, application/json"
        })
    void prefersTheStatusItself(String accept) {
      assertType(accept, "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/*", "application/json;q=0.5, text/csv"})
    void takesTheReport(String accept) {
      assertType(accept, "text/csv;charset=UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/csv;q=0.5, text/event-stream, */*;q=0.1"})
    void takesTheStream(String accept) {
      assertType(accept, "text/event-stream;charset=UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png, application/xml"})
    void refusesAllElse(String accept) {
      var upload = TestUpload.of(server, client, 1).complete();
      Answer answer = client.with("Accept", accept).get(upload.path());
      assertThat(answer.status()).isEqualTo(406);
      assertThat(answer.type()).isEqualTo("request.not-acceptable");
      assertThat(answer.text()).contains("application/json or text/csv or text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/csv", "text/event-stream"})
    void saysInJsonWhatIsNotThere(String accept) {
      long dataset = new UploadClient(client).dataset("fibo");
      Answer answer =
          client.with("Accept", accept).get(UploadClient.path(dataset, "/bulk-upload/status"));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.type()).isEqualTo("bulk-upload.not-found");
      var stranger = Watchers.of(server).client().with("Accept", accept);
      assertThat(stranger.get(UploadClient.path(dataset, "/bulk-upload/status")).type())
          .isEqualTo("dataset.not-found");
    }

    private void assertType(String accept, String type) {
      var upload = TestUpload.of(server, client, 1).complete();
      Answer answer = client.with("Accept", accept).get(upload.path());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).hasValue(type);
      assertThat(answer.header("Vary")).hasValue("Accept");
    }
  }

  private static String tag(Answer answer) {
    return answer.header("ETag").orElseThrow();
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
