package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.ChildJvm;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A caption run on several nodes, one of which may be killed, as by `kill -9`.
class CaptionNodesTest {

  private static final String SECRET = "a-master-key-of-the-tests-0123456789abcdef";

  @Test
  void captionsNoFinishedImageAgainAfterANodeWasKilled() {
    try (var api = TestServer.start(properties(Map.of()));
        var counter = new CaptionCounter();
        var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(40)))) {
      // It answers requests and leaves the work to the others, which are processes of their own.
      api.bean(Scheduler.class).pause();
      var client = new UploadClient(api);
      long dataset = withSchema(client);
      Set<String> finished;
      try (var worker = worker(api, counter)) {
        worker.awaitLine("the worker is ready");
        assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
        counter.answer(20);
        await().atMost(Duration.ofSeconds(60)).until(() -> captions(client, dataset, "done") == 20);
        // The calls that are under way when it dies are all that is lost.
        worker.kill();
        finished = captioned(client, dataset);
      }
      assertThat(finished).hasSize(20);
      counter.answer(1_000);
      try (var restarted = worker(api, counter)) {
        restarted.awaitLine("the worker is ready");
        JsonNode status = client.awaitEnd(dataset);
        assertThat(status.get("status").asString()).isEqualTo("completed");
        assertThat(captions(client, dataset, "done")).isEqualTo(40);
      }
      Map<String, Integer> asked = counter.asked();
      assertThat(asked).hasSize(40);
      assertThat(finished).allSatisfy(size -> assertThat(asked.get(size)).as(size).isOne());
    }
  }

  @Test
  void sharesARunBetweenNodesAndCaptionsNothingTwice() throws InterruptedException {
    try (var one = TestServer.start(properties(Map.of()), TestCaptioner.Configuration.class);
        var other =
            TestServer.startOn(
                one.database(),
                properties(Map.of("darkroom.store", one.data().resolve("objects").toString())),
                TestCaptioner.Configuration.class);
        var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(128)))) {
      var begun = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      for (TestServer node : List.of(one, other)) {
        node.bean(TestCaptioner.class)
            .become((_, usual) -> {
              begun.countDown();
              goOn.await();
              return usual;
            });
      }
      var client = new UploadClient(one);
      long dataset = withSchema(client);
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      begun.await();
      // Who began takes no more, so that the rest is the other's.
      var first = asked(one).isEmpty() ? other : one;
      first.bean(Scheduler.class).pause();
      goOn.countDown();
      JsonNode status = client.awaitEnd(dataset);
      assertThat(status.get("captions").get("done").asInt()).isEqualTo(128);
      assertThat(asked(one)).isNotEmpty();
      assertThat(asked(other)).isNotEmpty();
      List<String> asked = new ArrayList<>(asked(one));
      asked.addAll(asked(other));
      assertThat(asked).hasSize(128).doesNotHaveDuplicates();
    }
  }

  private static List<String> asked(TestServer node) {
    return node.bean(TestCaptioner.class).asked();
  }

  private static Map<String, String> properties(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(CaptionRunTest.PROPERTIES);
    properties.put("darkroom.secret", SECRET);
    properties.putAll(more);
    return properties;
  }

  private static ChildJvm worker(TestServer api, CaptionCounter counter) {
    List<String> arguments = new ArrayList<>();
    properties(
            Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "darkroom.data", api.data().resolve("worker").toString(),
                "darkroom.store", api.data().resolve("objects").toString(),
                "darkroom.database-url", api.database().url(),
                "db-scheduler.heartbeat-interval", "500ms",
                "test.counter", counter.url()))
        .forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
    return ChildJvm.start(CaptionWorker.class, arguments.toArray(String[]::new));
  }

  private static long withSchema(UploadClient client) {
    long dataset = client.dataset("fibo");
    client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
    return dataset;
  }

  private static int captions(UploadClient client, long dataset, String what) {
    return client.status(dataset).get("captions").get(what).asInt();
  }

  private static Set<String> captioned(UploadClient client, long dataset) {
    Set<String> sizes = new HashSet<>();
    for (JsonNode image : client.images(dataset)) {
      if (!image.get("caption").isNull()) {
        sizes.add(image.get("width").asInt() + "x" + image.get("height").asInt());
      }
    }
    return sizes;
  }
}
