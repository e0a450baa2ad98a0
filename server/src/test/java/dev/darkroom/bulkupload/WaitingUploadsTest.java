package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ZipServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// One upload of an organization goes on, two may wait, and no more.
class WaitingUploadsTest {

  private static TestServer server;
  private static UploadClient client;
  private static FaultyStore store;
  private static ZipServer source;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64",
                "darkroom.bulk-upload.max-running-per-organization", "1",
                "darkroom.bulk-upload.max-waiting-per-organization", "2",
                "db-scheduler.polling-interval", "20ms"),
            FaultyStore.Configuration.class);
    client = new UploadClient(server);
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
  void areNeverMoreThanMayWaitHoweverManyComeAtOnce() throws Exception {
    var gates = ChunkGates.in(store, _ -> true);
    List<Long> datasets = IntStream.range(0, 12).mapToObj(_ -> client.dataset("fibo")).toList();
    List<Callable<Answer>> submissions =
        datasets.stream()
            .<Callable<Answer>>map(dataset -> () -> client.submit(dataset, source.url()))
            .toList();
    List<Answer> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers = threads.invokeAll(submissions).stream().map(answer -> answer.resultNow()).toList();
    }
    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 202)
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(429);
          assertThat(answer.type()).isEqualTo("bulk-upload.too-many-waiting");
          assertThat(answer.json().get("limit").asInt()).isEqualTo(2);
          assertThat(answer.json().get("actual").asInt()).isEqualTo(3);
          assertThat(answer.header("Retry-After").map(Integer::valueOf).orElseThrow()).isPositive();
        });
    assertAnotherOrganizationIsFree();
    gates.open();
    long refused = -1;
    for (int n = 0; n < datasets.size(); n++) {
      if (answers.get(n).status() == 202) client.awaitEnd(datasets.get(n));
      else refused = datasets.get(n);
    }
    assertThat(client.submit(refused, source.url()).status())
        .as("its first attempt")
        .isEqualTo(202);
    client.awaitEnd(refused);
  }

  @Test
  void areRefusedBeforeTheirSourceIsAsked() throws InterruptedException {
    var gates = ChunkGates.in(store, _ -> true);
    List<Long> accepted = IntStream.range(0, 3).mapToObj(_ -> client.dataset("fibo")).toList();
    accepted.forEach(
        dataset -> assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202));
    await().atMost(Duration.ofSeconds(60)).until(() -> gates.held() == 1);
    assertThat(client.submit(client.dataset("fibo"), "http://127.0.0.1:1/gone.zip").type())
        .isEqualTo("bulk-upload.too-many-waiting");
    gates.open();
    accepted.forEach(client::awaitEnd);
  }

  private static void assertAnotherOrganizationIsFree() {
    String token = TestTokens.make(server, "other", Scope.WRITE);
    var other = new UploadClient(ApiClient.anonymous(server).with("api_token", token));
    assertThat(other.submit(other.dataset("fibo"), source.url()).status()).isEqualTo(202);
  }
}
