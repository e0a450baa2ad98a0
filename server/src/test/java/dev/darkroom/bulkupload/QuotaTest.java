package dev.darkroom.bulkupload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Organization;
import dev.darkroom.account.Organizations;
import dev.darkroom.account.Quota;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.quota.Quotas;
import dev.darkroom.samples.SampleImages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What an organization may store and upload.
class QuotaTest {

  private static final byte[] PNG = SampleImages.png(64, 64);

  private static TestServer server;
  private static FaultyStore store;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64",
                "darkroom.quota.uploads-running", "30",
                "db-scheduler.polling-interval", "20ms"),
            FaultyStore.Configuration.class);
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
  void takesImagesUpToTheLastByteAndNoFurtherUpload() {
    var client = clientOf("exact", new Quota(2L * PNG.length, null, null));
    try (var source = ZipServer.serving(zip(2))) {
      var first = client.upload(client.dataset("fibo"), source.url());
      assertThat(first.get("status").asString()).as(first.toString()).isEqualTo("completed");
      assertThat(stored("exact")).isEqualTo(2L * PNG.length);
      source.forgetRequests();
      var refused = client.submit(client.dataset("fibo"), source.url());
      assertRefused(refused, "quota.storage-exceeded", 2L * PNG.length, 2L * PNG.length + 1);
      assertThat(source.requests()).as("nothing goes out for it").isEmpty();
    }
  }

  @Test
  void failsAnUploadAsAWholeThatPassesTheQuotaWhileItIsRead() {
    var client = clientOf("passing", new Quota(100L * PNG.length, null, null));
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip(130))) {
      JsonNode status = client.upload(dataset, source.url());
      assertThat(status.get("status").asString()).isEqualTo("failed");
      var error = status.get("error");
      assertThat(error.get("code").asInt()).isEqualTo(413);
      assertThat(error.get("type").asString()).isEqualTo("bulk-upload.over-quota");
      assertThat(error.get("limit").asLong()).isEqualTo(100L * PNG.length);
      assertThat(error.get("actual").asLong()).isGreaterThan(100L * PNG.length);
    }
    assertThat(client.images(dataset)).isEmpty();
    assertThat(stored("passing")).isZero();
  }

  @Test
  void givesRoomBackWithWhatIsDeleted() {
    var client = clientOf("deleting", new Quota(3L * PNG.length, null, null));
    try (var source = ZipServer.serving(zip(3))) {
      long dataset = client.dataset("fibo");
      client.upload(dataset, source.url());
      long image = client.images(dataset).get(0).get("id").asLong();
      assertThat(client.api().delete(UploadClient.path(dataset, "/images/" + image)).status())
          .isEqualTo(204);
      assertThat(stored("deleting")).isEqualTo(2L * PNG.length);
      assertThat(client.api().delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
      assertThat(stored("deleting")).isZero();
      var again = client.upload(client.dataset("fibo"), source.url());
      assertThat(again.get("status").asString()).isEqualTo("completed");
    }
  }

  /// Each fits alone; together they would not.
  @Test
  void admitsNoMoreThanTheQuotaToUploadsAtTheSameTime() {
    var client = clientOf("together", new Quota(100L * PNG.length, null, null));
    try (var source = ZipServer.serving(zip(70))) {
      var datasets = IntStream.range(0, 2).mapToObj(_ -> client.dataset("fibo")).toList();
      for (long dataset : datasets) {
        assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      }
      for (long dataset : datasets) client.awaitEnd(dataset);
      assertThat(stored("together")).isLessThanOrEqualTo(100L * PNG.length);
      assertThat(datasets.stream().map(d -> client.status(d).get("status").asString()))
          .contains("failed");
    }
  }

  @Test
  void countsUploadsThatGoOnOrWait() throws InterruptedException {
    var client = clientOf("running", new Quota(null, 2, null));
    var gates = ChunkGates.in(store, _ -> true);
    try (var source = ZipServer.serving(zip(1))) {
      long first = client.dataset("fibo");
      assertThat(client.submit(first, source.url()).status()).isEqualTo(202);
      assertThat(client.submit(client.dataset("fibo"), source.url()).status()).isEqualTo(202);
      long third = client.dataset("fibo");
      assertRefused(client.submit(third, source.url()), "quota.running-uploads-exceeded", 2, 3);
      assertThat(usage("running").uploadsRunning()).isEqualTo(2);
      gates.release();
      gates.release();
      client.awaitEnd(first);
      assertThat(client.submit(third, source.url()).status()).as("one is over").isEqualTo(202);
      gates.release();
      client.awaitEnd(third);
    }
  }

  @Test
  void countsTheUploadsOfADayWhateverBecomesOfThem() {
    var client = clientOf("daily", new Quota(null, null, 2));
    try (var source = ZipServer.serving(zip(1))) {
      for (int n = 0; n < 2; n++) {
        long dataset = client.dataset("fibo");
        client.upload(dataset, source.url());
        client.api().delete(UploadClient.path(dataset, ""));
      }
      long third = client.dataset("fibo");
      assertRefused(client.submit(third, source.url()), "quota.daily-uploads-exceeded", 2, 3);
      assertThat(usage("daily").uploadsToday()).isEqualTo(2);
      server
          .jdbc()
          .sql("UPDATE organization SET upload_day = upload_day - 1 WHERE name = 'daily'")
          .update();
      assertThat(usage("daily").uploadsToday()).isZero();
      assertThat(client.upload(third, source.url()).get("status").asString())
          .isEqualTo("completed");
    }
  }

  @Test
  void countsNoRequestThatIsRefused() {
    var client = clientOf("mistaken", new Quota(null, null, 1));
    long dataset = client.dataset("fibo");
    try (var page = ZipServer.serving("<html>".getBytes(StandardCharsets.UTF_8));
        var source = ZipServer.serving(zip(1))) {
      assertThat(client.submit(dataset, page.url()).status()).isEqualTo(400);
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      client.awaitEnd(dataset);
    }
  }

  @Test
  void acceptsNoMoreOfManyAtTheSameTimeThanTheQuota() throws Exception {
    var client = clientOf("racing", new Quota(null, null, 3));
    var datasets = IntStream.range(0, 8).mapToObj(_ -> client.dataset("fibo")).toList();
    var go = new CountDownLatch(1);
    try (var source = ZipServer.serving(zip(1));
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          datasets.stream()
              .map(dataset ->
                  clients.submit(() -> {
                    go.await();
                    return client.submit(dataset, source.url()).status();
                  }))
              .toList();
      go.countDown();
      for (var answer : answers) assertThat(answer.get()).isIn(202, 403);
      assertThat(answers.stream().filter(answer -> answer.resultNow() == 202)).hasSize(3);
      await().atMost(Duration.ofMinutes(2)).until(() -> usage("racing").uploadsRunning() == 0);
    }
  }

  @Test
  void takesTheServersQuotaWhereTheOrganizationHasNone() {
    var quotas = server.bean(Quotas.class);
    clientOf("own", new Quota(5L, 7, null));
    clientOf("none", Quota.OF_THE_SERVER);
    assertThat(quotas.inForce(organization("own").id())).isEqualTo(new Quota(5L, 7, null));
    assertThat(quotas.inForce(organization("none").id())).isEqualTo(new Quota(null, 30, null));
  }

  private static UploadClient clientOf(String organization, Quota quota) {
    var token = TestTokens.make(server, organization, Scope.WRITE);
    server.bean(Organizations.class).setQuota(organization(organization).id(), quota);
    return new UploadClient(ApiClient.anonymous(server).with("api_token", token));
  }

  private static Organization organization(String name) {
    return server.bean(Organizations.class).get(name);
  }

  private static Organization.Usage usage(String name) {
    return organization(name).usage();
  }

  private static long stored(String organization) {
    return usage(organization).storageBytes();
  }

  private static TestZip zip(int count) {
    return TestZip.with(
        IntStream.range(0, count)
            .mapToObj(n -> TestEntry.file("%03d.png".formatted(n), PNG))
            .toList());
  }

  private static void assertRefused(Answer answer, String type, long limit, long actual) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.type()).isEqualTo(type);
    assertThat(answer.json().get("limit").asLong()).isEqualTo(limit);
    assertThat(answer.json().get("actual").asLong()).isEqualTo(actual);
  }
}
