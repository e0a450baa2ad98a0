package dev.darkroom.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.webhook.Receiver.Call;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How an upload tells a receiver of its end.
class WebhookTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private static TestServer server;
  private static WebhookClient client;
  private static TestCaptioner captioner;
  private static ZipServer source;

  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64",
                "darkroom.webhook.retry-pauses", "1s,1s",
                "db-scheduler.polling-interval", "20ms"),
            TestCaptioner.Configuration.class);
    client = new WebhookClient(ApiClient.of(server));
    captioner = server.bean(TestCaptioner.class);
    source = WebhookClient.source();
  }

  @AfterAll
  static void stop() {
    source.close();
    server.close();
  }

  @AfterEach
  void close() {
    captioner.becomeUsual();
    receiver.close();
  }

  @Nested
  class Ends {

    @Test
    void completedIsToldWithTheStatusAndASignature() {
      long dataset = client.uploads().dataset("fibo");
      Answer accepted = client.submit(dataset, source, receiver.url());
      JsonNode delivery = client.awaitDelivery(dataset, "delivered");

      Call call = onlyCall();
      assertThat(call.method()).isEqualTo("POST");
      assertThat(call.target()).isEqualTo("/hook?key=secret");
      assertThat(call.header("Content-Type")).isEqualTo("application/json");
      assertSigned(call, server.token());

      JsonNode message = call.json();
      String requestId = accepted.json().get("request_id").asString();
      assertThat(message.propertyNames())
          .containsExactly("request_id", "dataset_id", "status", "result", "error");
      assertThat(message.get("request_id").asString()).isEqualTo(requestId);
      assertThat(call.header("Bria-Webhook-Id")).isEqualTo(requestId);
      assertThat(message.get("dataset_id").asLong()).isEqualTo(dataset);
      assertThat(message.get("status").asString()).isEqualTo("COMPLETED");
      assertThat(message.get("error").isNull()).isTrue();
      assertIsStatus(message.get("result"), dataset, accepted);

      assertThat(delivery.get("url").asString()).isEqualTo(receiver.url("/hook"));
      assertThat(delivery.get("attempts")).hasSize(1);
      assertThat(delivery.get("attempts").get(0).get("status_code").asInt()).isEqualTo(200);
      assertThat(delivery.get("attempts").get(0).get("error_type").isNull()).isTrue();
      assertThat(delivery.get("attempts").get(0).get("at").asString()).endsWith("Z");
      assertThat(delivery.get("attempts").get(0).get("duration_ms").isIntegralNumber()).isTrue();
    }

    @Test
    void listsAHundredFailedImagesAndCountsAll() {
      long dataset = client.uploads().dataset("fibo");
      List<TestEntry> entries = new ArrayList<>(List.of(WebhookClient.image("good.png")));
      for (int n = 0; n < 120; n++) {
        entries.add(TestEntry.file("%03d.jpg".formatted(n), "no image " + n));
        entries.add(TestEntry.file("%03d.txt".formatted(n), "text"));
      }
      try (var zip = ZipServer.serving(TestZip.with(entries))) {
        var _ = client.submit(dataset, zip, receiver.url());
        client.awaitDelivery(dataset, "delivered");
      }
      JsonNode result = onlyCall().json().get("result");
      assertThat(result.get("failed").asInt()).isEqualTo(120);
      assertThat(result.get("done").asInt()).isOne();
      assertThat(result.get("failed_images")).hasSize(100);
      assertThat(result.get("ignored").asInt()).isEqualTo(120);
      assertThat(result.get("ignored_entries")).hasSize(100);
      JsonNode all = client.uploads().status(dataset).get("failed_images");
      assertThat(all).hasSize(120);
      for (int n = 0; n < 100; n++) {
        assertThat(result.get("failed_images").get(n)).isEqualTo(all.get(n));
      }
    }

    @Test
    void failedIsAnError() {
      long dataset = client.uploads().dataset("fibo");
      try (var zip = ZipServer.serving(TestZip.with(TestEntry.file("a.txt", "no image")))) {
        Answer accepted = client.submit(dataset, zip, receiver.url());
        client.awaitDelivery(dataset, "delivered");
        assertError(dataset, accepted, "archive.no-images", 422);
      }
    }

    @Test
    void cancelledIsAnError() {
      long dataset = client.uploads().dataset("fibo");
      server.bean(Scheduler.class).pause();
      Answer accepted = client.submit(dataset, source, receiver.url());
      String path = UploadClient.path(dataset, "/images/bulk-upload/cancel");
      assertThat(client.api().post(path, "").status()).isEqualTo(202);
      server.bean(Scheduler.class).resume();
      client.awaitDelivery(dataset, "delivered");
      assertError(dataset, accepted, "bulk-upload.cancelled", 499);
    }

    @Test
    void comesOnceTheLastCaptionIsThrough() throws InterruptedException {
      long dataset = client.uploads().dataset("fibo");
      client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
      var reached = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      captioner.become((_, usual) -> {
        reached.countDown();
        goOn.await();
        return usual;
      });
      Answer accepted = client.submit(dataset, source, receiver.url());
      reached.await();
      assertThat(client.deliveries(dataset)).isEmpty();
      assertThat(receiver.calls()).isEmpty();
      goOn.countDown();
      client.awaitDelivery(dataset, "delivered");
      JsonNode result = onlyCall().json().get("result");
      assertThat(result.get("captions").get("done").asInt()).isOne();
      assertIsStatus(result, dataset, accepted);
    }

    @Test
    void isToldOfNoCaptionRunThatFollows() {
      long dataset = client.uploads().dataset("fibo");
      client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{}"));
      var _ = client.submit(dataset, source, receiver.url());
      client.awaitDelivery(dataset, "delivered");
      String images = UploadClient.path(dataset, "/images");
      assertThat(client.api().put(images, "").status()).isEqualTo(202);
      await()
          .atMost(LONG)
          .until(() ->
              client
                  .uploads()
                  .datasetAsSeen(dataset)
                  .get("captions_update_status")
                  .asString()
                  .equals("completed"));
      awaitNoTasks();
      assertThat(receiver.calls()).hasSize(1);
    }

    @Test
    void isToldUnderThePathThatTheRequestCameBy() {
      long dataset = client.uploads().dataset("fibo");
      Answer accepted =
          client
              .api()
              .post(
                  "/v2" + UploadClient.path(dataset, "/images/bulk-upload"),
                  Map.of("zip_url", source.url(), "webhook_url", receiver.url()));
      assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
      client.awaitDelivery(dataset, "delivered");
      String report = onlyCall().json().get("result").get("report_url").asString();
      assertThat(report).startsWith(server.baseUrl() + "/v2/");
      assertThat(client.api().get(report).status()).isEqualTo(200);
    }

    @Test
    void isToldWhateverBecomesOfTheToken() {
      String token = TestTokens.make(server, "default", Scope.WRITE);
      var other = new WebhookClient(ApiClient.anonymous(server).with("api_token", token));
      server.bean(Scheduler.class).pause();
      long dataset = other.submit(source, receiver.url());
      int gone =
          server
              .jdbc()
              .sql("DELETE FROM api_token WHERE sha256 = sha256(convert_to(:token, 'UTF8'))")
              .param("token", token)
              .update();
      assertThat(gone).isOne();
      server.bean(Scheduler.class).resume();
      client.awaitDelivery(dataset, "delivered");
      assertSigned(onlyCall(), token);
    }

    private void assertError(long dataset, Answer accepted, String type, int code) {
      JsonNode message = onlyCall().json();
      assertThat(message.get("status").asString()).isEqualTo("ERROR");
      assertThat(message.get("error").get("type").asString()).isEqualTo(type);
      assertThat(message.get("error").get("code").asInt()).isEqualTo(code);
      assertIsStatus(message.get("result"), dataset, accepted);
    }

    /// All of it, with the report's URL beside.
    private static void assertIsStatus(JsonNode result, long dataset, Answer accepted) {
      var status = (ObjectNode) client.uploads().status(dataset);
      status.put("report_url", accepted.json().get("status_url").asString());
      assertThat(result).isEqualTo(status);
    }
  }

  @Nested
  class Tries {

    private static final String AT_A_TIME =
        """
        SELECT max(together) FROM (
          SELECT count(*) AS together FROM webhook_attempt one JOIN webhook_attempt other
            ON other.at <= one.at AND one.at < other.at + other.duration_ms * interval '1 ms'
          GROUP BY one.delivery_id, one.number) moments
        """;

    @Test
    void repeatTheSameMessageWithANewTimestamp() {
      receiver.answering(500, 204);
      long dataset = client.submit(source, receiver.url());
      JsonNode delivery = client.awaitDelivery(dataset, "delivered");

      assertThat(codes(delivery)).containsExactly(500, 204);
      assertThat(receiver.calls()).hasSize(2);
      Call first = receiver.calls().getFirst();
      Call second = receiver.calls().getLast();
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
      assertThat(timestamp(second)).isGreaterThan(timestamp(first));
      assertSigned(first, server.token());
      assertSigned(second, server.token());
    }

    @Test
    void endWithTheLastOne() {
      receiver.answering(500, 410, 404);
      long dataset = client.submit(source, receiver.url());
      JsonNode delivery = client.awaitDelivery(dataset, "failed");
      assertThat(codes(delivery)).containsExactly(500, 410, 404);
      assertThat(delivery.get("finished_at").isNull()).isFalse();
      awaitNoTasks();
      assertThat(receiver.calls()).hasSize(3);
    }

    @Test
    void followNoRedirect() {
      try (var target = new Receiver()) {
        receiver.pointingTo(target.url()).answering(307);
        long dataset = client.submit(source, receiver.url());
        JsonNode delivery = client.awaitDelivery(dataset, "delivered");
        assertThat(codes(delivery)).containsExactly(307, 200);
        assertThat(target.calls()).isEmpty();
      }
    }

    @Test
    void endWhereNothingAnswers() {
      String url = receiver.url();
      receiver.close();
      long dataset = client.submit(source, url);
      JsonNode delivery = client.awaitDelivery(dataset, "failed");
      assertThat(delivery.get("attempts")).hasSize(3);
      assertThat(delivery.get("attempts").get(0).get("status_code").isNull()).isTrue();
      assertThat(errorTypes(delivery)).containsOnly("source.unreachable");
    }

    @Test
    void waitTenSecondsForAnAnswer() {
      receiver.stalling();
      long dataset = client.submit(source, receiver.url());
      JsonNode delivery =
          await()
              .atMost(LONG)
              .until(
                  () -> client.deliveries(dataset),
                  found -> !found.isEmpty() && !found.get(0).get("attempts").isEmpty())
              .get(0);
      assertThat(delivery.get("state").asString()).isEqualTo("pending");
      assertThat(errorTypes(delivery)).containsExactly("source.timed-out");
      receiver.goOn();
      client.awaitDelivery(dataset, "delivered");
    }

    @Test
    void leaveTheNodesThreadsToTheUploads() {
      receiver.stalling();
      List<Long> datasets = new ArrayList<>();
      for (int n = 0; n < 6; n++) datasets.add(client.submit(source, receiver.url("/" + n)));
      datasets.forEach(dataset -> client.uploads().awaitEnd(dataset));
      // Each has begun: it waits for an answer, or was handed back for want of a place.
      await()
          .atMost(LONG)
          .until(() ->
              datasets.stream()
                  .mapToLong(dataset -> client.deliveries(dataset).get(0).get("id").asLong())
                  .allMatch(Tries::hasBegun));
      receiver.goOn();
      datasets.forEach(dataset -> client.awaitDelivery(dataset, "delivered"));
      assertThat(count(AT_A_TIME)).isLessThanOrEqualTo(4);
    }

    private static boolean hasBegun(long delivery) {
      return count("SELECT sum(attempt) FROM job_step WHERE job_id = " + delivery) > 0;
    }

    @Test
    void endWithTheDataset() {
      receiver.answering(500, 500, 500);
      long dataset = client.submit(source, receiver.url());
      await().atMost(LONG).until(() -> !receiver.calls().isEmpty());
      assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
      awaitNoTasks();
      assertThat(count("SELECT count(*) FROM webhook WHERE job_id = " + uploadOf(dataset)))
          .isZero();
      assertThat(receiver.calls().size()).isLessThan(3);
    }
  }

  @Nested
  class Requests {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "hooks.example/a",
          "ftp://hooks.example/a",
          "https://user:password@hooks.example/a",
          "https:///a",
          "http://hooks.example/a b",
        })
    void nameNoUrlThatCannotBePostedTo(String url) {
      long dataset = client.uploads().dataset("fibo");
      assertRefused(client.trySubmit(dataset, source, url), 400, "webhook.invalid-url");
      var _ = client.submit(dataset, source, receiver.url());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://127.0.0.2/hook?key=secret",
          "http://169.254.169.254/latest/meta-data?key=secret",
          "http://[::1]/hook?key=secret",
          "http://2130706434/hook?key=secret",
          "http://nowhere.invalid/hook?key=secret",
        })
    void nameNoReceiverThatMayNotBeConnectedTo(String url) {
      long dataset = client.uploads().dataset("fibo");
      Answer refused = client.trySubmit(dataset, source, url);
      assertRefused(refused, 400, "webhook.unreachable");
      assertThat(refused.text()).doesNotContain("secret");
      var _ = client.submit(dataset, source, receiver.url());
    }

    @Test
    void readTheSameForAPrivateReceiverAsForNone() {
      long dataset = client.uploads().dataset("fibo");
      Answer refused = client.trySubmit(dataset, source, "http://127.0.0.2/x");
      Answer unknown = client.trySubmit(dataset, source, "http://nowhere.invalid/x");
      assertThat(refused.json().get("message").asString().replace("127.0.0.2", "HOST"))
          .isEqualTo(unknown.json().get("message").asString().replace("nowhere.invalid", "HOST"));
    }

    @Test
    void nameNoPortOfTheServersOwn() {
      long dataset = client.uploads().dataset("fibo");
      String own = server.baseUrl() + "/tailored-gen/projects";
      assertRefused(client.trySubmit(dataset, source, own), 400, "webhook.unreachable");
    }

    @Test
    void areCheckedBehindTheStateOfTheDataset() {
      long dataset = client.uploads().dataset("fibo", "basic");
      Answer refused = client.trySubmit(dataset, source, "http://127.0.0.2/x");
      assertRefused(refused, 400, "bulk-upload.dataset-not-advanced");
    }

    @Test
    void withoutAWebhookHaveNoDeliveries() {
      long dataset = client.uploads().dataset("fibo");
      client.uploads().upload(dataset, source.url());
      assertThat(client.deliveries(dataset)).isEmpty();
    }
  }

  @Nested
  class Redeliveries {

    @Test
    void sendTheSameMessageAgain() {
      receiver.answering(500, 500, 500);
      long dataset = client.submit(source, receiver.url());
      JsonNode failed = client.awaitDelivery(dataset, "failed");
      Answer answer = client.redeliver(failed);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(answer.json().get("state").asString()).isEqualTo("pending");
      JsonNode delivered = client.awaitDelivery(dataset, "delivered");

      assertThat(delivered.get("id")).isEqualTo(answer.json().get("id"));
      JsonNode all = client.deliveries(dataset);
      assertThat(all).as("newest first").hasSize(2);
      assertThat(all.get(1).get("id")).isEqualTo(failed.get("id"));
      Call last = receiver.calls().getLast();
      assertThat(last.body()).isEqualTo(receiver.calls().getFirst().body());
      assertThat(last.header("webhook-id"))
          .isEqualTo(receiver.calls().getFirst().header("webhook-id"));
      assertSigned(last, server.token());
    }

    @Test
    void waitForTheOneUnderWay() {
      receiver.stalling();
      long dataset = client.submit(source, receiver.url());
      JsonNode pending = client.awaitDelivery(dataset, "pending");
      assertThat(pending.get("redeliverable_until").isNull()).isTrue();
      assertRefused(client.redeliver(pending), 409, "webhook.under-way");
      receiver.goOn();
      JsonNode delivered = client.awaitDelivery(dataset, "delivered");
      assertThat(delivered.get("redeliverable_until").isNull()).isFalse();
    }

    @Test
    void areRefusedWhenTheUrlIsForgotten() {
      long dataset = client.submit(source, receiver.url());
      JsonNode delivered = client.awaitDelivery(dataset, "delivered");
      long upload = uploadOf(dataset);
      server.bean(Webhooks.class).cleanUp();
      assertThat(kept(upload)).as("within a day").isEqualTo(3);

      set("webhook SET forget_at = forget_at - interval '1 day' WHERE job_id = " + upload);
      server.bean(Webhooks.class).cleanUp();
      assertThat(kept(upload)).isZero();
      assertRefused(client.redeliver(delivered), 409, "webhook.url-forgotten");
      JsonNode listed = client.deliveries(dataset).get(0);
      assertThat(listed.get("state").asString()).isEqualTo("delivered");
      assertThat(listed.get("redeliverable_until").isNull()).isTrue();
    }

    @Test
    void keepTheUrlForAsLongAsTheyGoOn() {
      long dataset = client.submit(source, receiver.url());
      JsonNode delivered = client.awaitDelivery(dataset, "delivered");
      long upload = uploadOf(dataset);
      receiver.stalling();
      assertThat(client.redeliver(delivered).status()).isEqualTo(202);
      assertThat(count("SELECT count(forget_at) FROM webhook WHERE job_id = " + upload)).isZero();
      receiver.goOn();
      client.awaitDelivery(dataset, "delivered");
    }

    @Test
    void areListedForThirtyDays() {
      long dataset = client.submit(source, receiver.url());
      JsonNode delivered = client.awaitDelivery(dataset, "delivered");
      long id = delivered.get("id").asLong();
      server.bean(Webhooks.class).cleanUp();
      assertThat(client.deliveries(dataset)).hasSize(1);
      set("webhook_delivery SET finished_at = finished_at - interval '30 days' WHERE id = " + id);
      server.bean(Webhooks.class).cleanUp();
      assertThat(client.deliveries(dataset)).isEmpty();
      assertThat(count("SELECT count(*) FROM job WHERE id = " + id)).isZero();
      assertThat(client.uploads().status(dataset).get("status").asString()).isEqualTo("completed");
    }

    @Test
    void findNothingOfAnotherOrganization() {
      long dataset = client.submit(source, receiver.url());
      long id = client.awaitDelivery(dataset, "delivered").get("id").asLong();
      var stranger = tokenOf("strangers", Scope.WRITE);
      assertRefused(WebhookClient.redeliver(stranger, id), 404, "webhook.not-found");
      assertRefused(WebhookClient.redeliver(client.api(), 1_000_000), 404, "webhook.not-found");
      String list = UploadClient.path(dataset, "/images/bulk-upload/webhooks");
      assertRefused(stranger.get(list), 404, "dataset.not-found");
    }

    @Test
    void needATokenThatMayWrite() {
      long dataset = client.submit(source, receiver.url());
      long id = client.awaitDelivery(dataset, "delivered").get("id").asLong();
      var reader = tokenOf("default", Scope.READ);
      assertRefused(WebhookClient.redeliver(reader, id), 403, "token.read-only");
      assertThat(reader.get(UploadClient.path(dataset, "/images/bulk-upload/webhooks")).status())
          .isEqualTo(200);
    }

    private static long kept(long upload) {
      return count(
          "SELECT count(url_sealed) + count(key_sealed) + count(body) FROM webhook"
              + " WHERE job_id = "
              + upload);
    }

    private static ApiClient tokenOf(String organization, Scope scope) {
      return ApiClient.anonymous(server)
          .with("api_token", TestTokens.make(server, organization, scope));
    }
  }

  @Test
  void noPartOfTheUrlButItsPathIsKeptInTheClear() {
    long dataset = client.submit(source, receiver.url());
    client.awaitDelivery(dataset, "delivered");
    String row =
        server
            .jdbc()
            .sql(
                "SELECT row_to_json(webhook)::text FROM webhook WHERE job_id = "
                    + uploadOf(dataset))
            .query((found, _) -> found.getString(1))
            .single();
    assertThat(row).contains("/hook").doesNotContain("secret", "key=");
  }

  private Call onlyCall() {
    assertThat(receiver.calls()).hasSize(1);
    return receiver.calls().getFirst();
  }

  /// Derives the key as a receiver does that knows the token, and signs what it got.
  private static void assertSigned(Call call, String token) {
    String id = call.header("Bria-Webhook-Id");
    String time = call.header("Bria-Webhook-Timestamp");
    byte[] key = hmac(token.getBytes(US_ASCII), "bria-webhook-signing-v1".getBytes(US_ASCII));
    var signed = new ByteArrayOutputStream();
    signed.writeBytes((id + "." + time + ".").getBytes(US_ASCII));
    signed.writeBytes(call.body());
    String expected = Base64.getEncoder().encodeToString(hmac(key, signed.toByteArray()));
    assertThat(call.header("Bria-Webhook-Signature")).isEqualTo("v1=" + expected);
    assertThat(call.header("webhook-id")).isEqualTo(id);
    assertThat(call.header("webhook-timestamp")).isEqualTo(time);
    assertThat(call.header("webhook-signature")).isEqualTo("v1," + expected);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long timestamp(Call call) {
    return Long.parseLong(call.header("webhook-timestamp"));
  }

  private static List<Integer> codes(JsonNode delivery) {
    return delivery.get("attempts").valueStream().map(a -> a.get("status_code").asInt()).toList();
  }

  private static List<String> errorTypes(JsonNode delivery) {
    return delivery.get("attempts").valueStream().map(a -> a.get("error_type").asString()).toList();
  }

  private static void awaitNoTasks() {
    await()
        .atMost(LONG)
        .until(() ->
            count("SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'") == 0);
  }

  private static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(type);
  }

  private static long uploadOf(long dataset) {
    return count("SELECT coalesce(max(id), 0) FROM bulk_upload WHERE dataset_id = " + dataset);
  }

  private static void set(String update) {
    assertThat(server.jdbc().sql("UPDATE " + update).update()).isOne();
  }

  private static long count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
