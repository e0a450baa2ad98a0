package dev.darkroom.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.bulkupload.WorkerNode;
import dev.darkroom.webhook.Receiver.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Deliveries on several nodes, one of which may be killed, as by `kill -9`.
class WebhookNodesTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String HEARTBEAT = "-Ddb-scheduler.heartbeat-interval=250ms";

  @Test
  void anotherNodeDeliversWhatAKilledOneHadUnderWay() {
    try (var api = TestServer.start(WorkerNode.SHARED);
        var source = WebhookClient.source();
        var receiver = new Receiver().stalling()) {
      // It answers requests and leaves the work to the others, which are processes of their own.
      api.bean(Scheduler.class).pause();
      var client = new WebhookClient(ApiClient.of(api));
      long dataset;
      try (var killed = WorkerNode.start(api, "killed", HEARTBEAT)) {
        killed.awaitLine("is ready");
        dataset = client.submit(source, receiver.url());
        await().atMost(LONG).until(() -> !receiver.calls().isEmpty());
        killed.kill();
      }
      assertThat(client.awaitDelivery(dataset, "pending").get("attempts")).isEmpty();
      receiver.goOn();
      try (var other = WorkerNode.start(api, "other", HEARTBEAT)) {
        other.awaitLine("is ready");
        JsonNode delivered = client.awaitDelivery(dataset, "delivered");
        assertThat(delivered.get("attempts")).as("those that ended").hasSize(1);
        other.terminate();
      }
      Call first = receiver.calls().getFirst();
      Call last = receiver.calls().getLast();
      assertThat(receiver.calls()).hasSize(2);
      assertThat(last.header("webhook-id")).isEqualTo(first.header("webhook-id"));
      assertThat(last.body()).isEqualTo(first.body());
    }
  }

  @Test
  void aNodeThatIsToldToStopCountsNoTry() {
    try (var api = TestServer.start(WorkerNode.SHARED);
        var source = WebhookClient.source();
        var receiver = new Receiver().stalling()) {
      api.bean(Scheduler.class).pause();
      var client = new WebhookClient(ApiClient.of(api));
      long dataset;
      try (var leaving = WorkerNode.start(api, "leaving", HEARTBEAT)) {
        leaving.awaitLine("is ready");
        dataset = client.submit(source, receiver.url());
        await().atMost(LONG).until(() -> !receiver.calls().isEmpty());
        assertThat(leaving.terminate()).as("as of SIGTERM").isEqualTo(143);
      }
      assertThat(client.awaitDelivery(dataset, "pending").get("attempts")).isEmpty();
      receiver.goOn();
      api.bean(Scheduler.class).resume();
      JsonNode delivered = client.awaitDelivery(dataset, "delivered");
      assertThat(delivered.get("attempts")).hasSize(1);
    }
  }

  @Test
  void twoNodesDeliverEachEndOnce() {
    try (var one = TestServer.start(shared(Map.of()));
        var other =
            TestServer.startOn(
                one.database(),
                shared(Map.of("darkroom.store", one.data().resolve("objects").toString())));
        var source = WebhookClient.source();
        var receiver = new Receiver()) {
      assertThat(other.port()).isNotEqualTo(one.port());
      var client = new WebhookClient(ApiClient.of(one));
      List<Long> datasets = new ArrayList<>();
      List<String> targets = new ArrayList<>();
      for (int n = 0; n < 12; n++) {
        targets.add("/" + n);
        datasets.add(client.submit(source, receiver.url("/" + n)));
      }
      datasets.forEach(dataset -> client.awaitDelivery(dataset, "delivered"));
      await()
          .atMost(LONG)
          .until(() ->
              one.jdbc()
                      .sql(
                          "SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'")
                      .query((row, _) -> row.getInt(1))
                      .single()
                  == 0);
      assertThat(receiver.calls().stream().map(Call::target))
          .containsExactlyInAnyOrderElementsOf(targets);
    }
  }

  /// As where a name led to a public address when it was checked, and leads to a private one now.
  @Test
  void aReceiverIsVettedAgainWhenItIsSentTo() {
    try (var source = WebhookClient.source();
        var receiver = new Receiver();
        var lenient = TestServer.start(shared(Map.of()))) {
      lenient.bean(Scheduler.class).pause();
      var client = new WebhookClient(ApiClient.of(lenient));
      long dataset = client.submit(source, receiver.url());
      Map<String, String> strict =
          Map.of(
              "darkroom.store",
              lenient.data().resolve("objects").toString(),
              "darkroom.fetch.allow-addresses",
              "127.0.0.1/32:" + source.port(),
              "darkroom.webhook.retry-pauses",
              "10ms");
      try (var node = TestServer.startOn(lenient.database(), shared(strict))) {
        assertThat(node.port()).isNotEqualTo(lenient.port());
        JsonNode failed = client.awaitDelivery(dataset, "failed");
        assertThat(failed.get("attempts")).hasSize(2);
        assertThat(failed.get("attempts").get(0).get("error_type").asString())
            .isEqualTo("source.unreachable");
      }
      assertThat(receiver.calls()).isEmpty();
    }
  }

  private static Map<String, String> shared(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(WorkerNode.SHARED);
    properties.put("db-scheduler.heartbeat-interval", "2s");
    properties.putAll(more);
    return properties;
  }
}
