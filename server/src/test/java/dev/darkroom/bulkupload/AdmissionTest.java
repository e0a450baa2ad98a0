package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadEvents.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One upload of an organization goes on at a time; the others wait for their turn.
class AdmissionTest {

  private static TestServer server;
  private static UploadClient client;
  private static UploadEvents events;
  private static FaultyStore store;
  private static ZipServer source;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.job.retry-delay", "10ms",
                "darkroom.limits.min-dimension", "64",
                "darkroom.bulk-upload.max-running-per-organization", "1",
                "db-scheduler.polling-interval", "20ms"),
            FaultyStore.Configuration.class);
    client = new UploadClient(server);
    events = UploadEvents.of(server);
    store = server.bean(FaultyStore.class);
    source = ZipServer.serving(TinyImages.zip(1));
  }

  @AfterAll
  static void stop() {
    source.close();
    server.close();
  }

  @AfterEach
  void recover() {
    store.recover();
  }

  @Test
  void beginsThemOneAfterTheOtherInTheOrderOfTheirAcceptance() throws InterruptedException {
    var gates = ChunkGates.in(store, _ -> true);
    List<Long> datasets = submit(3);
    for (int running = 0; running < 3; running++) {
      await().atMost(Duration.ofSeconds(60)).until(() -> gates.held() == 1);
      assertThat(datasets.stream().map(AdmissionTest::state))
          .containsExactlyElementsOf(expected(3, running));
      for (long waiting : datasets.subList(running + 1, 3)) {
        assertThat(client.status(waiting).get("phase").asString()).isEqualTo("waiting");
        assertThat(tasksOf(waiting)).as("nothing is scheduled that cannot run").isZero();
      }
      gates.release();
    }
    datasets.forEach(client::awaitEnd);
    var uploads = datasets.stream().map(events::uploadOf).toList();
    assertThat(events.all())
        .filteredOn(event -> event.task() == null && uploads.contains(event.upload()))
        .containsExactlyElementsOf(
            uploads.stream()
                .flatMap(upload ->
                    Stream.of("admitted", "processing", "completed")
                        .map(what -> new Event(upload, null, what)))
                .toList());
  }

  private static List<String> expected(int count, int running) {
    return IntStream.range(0, count)
        .mapToObj(n -> n < running ? "completed" : n == running ? "processing" : "pending")
        .toList();
  }

  @Test
  void leavesOtherOrganizationsAlone() throws InterruptedException {
    var gates = ChunkGates.in(store, _ -> true);
    long mine = submit(1).getFirst();
    await().atMost(Duration.ofSeconds(60)).until(() -> gates.held() == 1);
    String token = TestTokens.make(server, "other", Scope.WRITE);
    var other = new UploadClient(ApiClient.anonymous(server).with("api_token", token));
    long theirs = other.dataset("fibo");
    assertThat(other.submit(theirs, source.url()).status()).isEqualTo(202);
    await().atMost(Duration.ofSeconds(60)).until(() -> gates.held() == 2);
    gates.release();
    gates.release();
    assertThat(client.awaitEnd(mine).get("status").asString()).isEqualTo("completed");
    assertThat(other.awaitEnd(theirs).get("status").asString()).isEqualTo("completed");
  }

  @Test
  void beginsTheNextWhenOneFails() throws InterruptedException {
    var gates = ChunkGates.in(store, _ -> true);
    long first = submit(1).getFirst();
    long second = client.dataset("fibo");
    try (var gone = ZipServer.serving(TinyImages.zip(1))) {
      assertThat(client.submit(second, gone.url()).status()).isEqualTo(202);
      gone.always(404, "text/plain", "gone");
      long third = submit(1).getFirst();
      gates.release();
      assertThat(client.awaitEnd(second).get("status").asString()).isEqualTo("failed");
      gates.release();
      assertThat(client.awaitEnd(third).get("status").asString()).isEqualTo("completed");
    }
    assertThat(client.awaitEnd(first).get("status").asString()).isEqualTo("completed");
  }

  @Test
  void beginsTheNextWhenTheRowsOfTheRunningOneAreGone() throws InterruptedException {
    var gates = ChunkGates.in(store, _ -> true);
    List<Long> datasets = submit(2);
    await().atMost(Duration.ofSeconds(60)).until(() -> gates.held() == 1);
    server
        .jdbc()
        .sql("DELETE FROM dataset WHERE id = :id")
        .param("id", datasets.getFirst())
        .update();
    server.bean(Admission.class).admitLate();
    gates.release();
    gates.release();
    assertThat(client.awaitEnd(datasets.getLast()).get("status").asString()).isEqualTo("completed");
  }

  @Test
  void forgetsNoneOfManyThatAreAcceptedWhileOthersEnd() throws Exception {
    int count = 20;
    List<Long> datasets = IntStream.range(0, count).mapToObj(_ -> client.dataset("fibo")).toList();
    int before = events.all().size();
    var go = new CountDownLatch(1);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long dataset : datasets) {
        var _ =
            clients.submit(() -> {
              go.await();
              return client.submit(dataset, source.url());
            });
      }
      go.countDown();
    }
    for (long dataset : datasets) {
      assertThat(client.awaitEnd(dataset).get("status").asString()).isEqualTo("completed");
    }
    var all = events.all();
    Map<Long, String> last = new HashMap<>();
    for (Event event : all.subList(before, all.size())) {
      if (event.task() != null) continue;
      last.put(event.upload(), event.what());
      assertThat(last.values().stream().filter(what -> !what.equals("completed")).count())
          .as("uploads that go on")
          .isLessThanOrEqualTo(1);
    }
    assertThat(last).hasSize(count);
  }

  private static List<Long> submit(int count) {
    List<Long> datasets = IntStream.range(0, count).mapToObj(_ -> client.dataset("fibo")).toList();
    for (long dataset : datasets) {
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
    }
    return datasets;
  }

  private static String state(long dataset) {
    return client.status(dataset).get("status").asString();
  }

  private static int tasksOf(long dataset) {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance LIKE :upload || '/%'")
        .param("upload", events.uploadOf(dataset))
        .query((row, _) -> row.getInt(1))
        .single();
  }
}
