package dev.darkroom.idempotency;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.samples.SampleImages;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

  private static final String PROJECTS = "/tailored-gen/projects";
  private static final String DATASETS = "/tailored-gen/datasets";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int MIB = 1 << 20;

  private static TestServer server;
  private static TestServer other;
  private static ApiClient client;

  private String key = "";

  @BeforeAll
  static void start() {
    server = TestServer.start(properties(), Probe.class);
    other = TestServer.startOn(server.database(), properties(), Probe.class);
    client = ApiClient.of(server);
  }

  private static Map<String, String> properties() {
    return Map.of(
        "darkroom.secret", "a-master-key-of-the-tests-0123456789abcdef",
        "darkroom.fetch.allow-addresses", "127.0.0.1/32",
        "darkroom.limits.min-dimension", "64",
        "spring.servlet.multipart.max-file-size", "4MB");
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
  }

  @BeforeEach
  void chooseAKey() {
    key = UUID.randomUUID().toString();
  }

  private ApiClient keyed() {
    return keyed(client);
  }

  private ApiClient keyed(ApiClient client) {
    return client.with("Idempotency-Key", key);
  }

  @Nested
  class ASecondRequest {

    @Test
    void isAnsweredAsTheFirst() {
      var body = project("again");
      var first = keyed().post(PROJECTS, body);
      var second = keyed().post(PROJECTS, body);
      assertThat(first.status()).isEqualTo(201);
      assertThat(first.header(REPLAYED)).isEmpty();
      assertThat(second.status()).isEqualTo(201);
      assertThat(second.header(REPLAYED)).hasValue("true");
      assertThat(second.text()).isEqualTo(first.text());
      assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
      assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
      assertThat(projectsNamed("again")).isOne();
    }

    @Test
    void findsTheUploadThatTheFirstBegan() {
      var uploads = new UploadClient(client);
      long dataset = uploads.dataset("fibo");
      var zip = TestZip.with(file("a.jpg", SampleImages.jpeg(64, 64)));
      try (var source = ZipServer.serving(zip)) {
        var path = UploadClient.path(dataset, "/images/bulk-upload");
        var first = keyed().post(path, Map.of("zip_url", source.url()));
        var second = keyed().post(path, Map.of("zip_url", source.url()));
        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        for (var header : List.of("Location", "Retry-After", "Content-Type")) {
          assertThat(second.header(header)).as(header).isPresent().isEqualTo(first.header(header));
        }
        assertThat(second.json()).isEqualTo(first.json());
        uploads.awaitEnd(dataset);
      }
    }

    @Test
    void getsHeadersWithoutABody() {
      var first = keyed().post("/probe/headers", "{}");
      var second = keyed().post("/probe/headers", "{}");
      assertThat(second.status()).isEqualTo(204);
      assertThat(second.header("Location")).isEqualTo(first.header("Location"));
      assertThat(second.header("Retry-After")).hasValue("7");
      assertThat(second.response().headers().allValues("Link"))
          .containsExactly("<a>; rel=\"prev\"", "<b>; rel=\"next\"");
      assertThat(second.bytes()).isEmpty();
    }

    @Test
    void isRefusedWithAnotherBody() {
      assertThat(keyed().post(PROJECTS, project("one")).status()).isEqualTo(201);
      var refused = keyed().post(PROJECTS, project("two"));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.type()).isEqualTo("idempotency-key.other-body");
      assertThat(projectsNamed("two")).isZero();
      assertThat(keyed().post(PROJECTS, "").status()).isEqualTo(422);
    }

    @Test
    void isRefusedWhileTheFirstIsWorkedOn() throws Exception {
      Probe.holdTheNext();
      var first = CompletableFuture.supplyAsync(() -> keyed().post("/probe/slow", "{}"));
      Probe.begun.await();
      for (var node : List.of(server, other)) {
        var refused = keyed(ApiClient.of(node)).post("/probe/slow", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.type()).isEqualTo("idempotency-key.under-way");
      }
      assertThat(keyed().post("/probe/slow", "{\"other\": 1}").status()).isEqualTo(409);
      Probe.release.countDown();
      assertThat(first.get().status()).isEqualTo(200);
      assertThat(keyed(ApiClient.of(other)).post("/probe/slow", "{}").text())
          .isEqualTo(first.get().text());
    }

    @Test
    void isTheFirstOneAfterADay() {
      var first = keyed().post("/probe/count", "{}");
      age("23 hours 59 minutes");
      assertThat(keyed().post("/probe/count", "{}").text()).isEqualTo(first.text());
      age("1 minute");
      var anew = keyed().post("/probe/count", "{\"other\": 1}");
      assertThat(anew.header(REPLAYED)).isEmpty();
      assertThat(anew.text()).isNotEqualTo(first.text());
      assertThat(keyed().post("/probe/count", "{\"other\": 1}").text()).isEqualTo(anew.text());
    }

    @Test
    void getsNothingForASuspendedOrganization() {
      var late = clientOf("late-payers");
      assertThat(keyed(late).post(PROJECTS, project("late")).status()).isEqualTo(201);
      server
          .jdbc()
          .sql("UPDATE organization SET suspended_at = now() WHERE name = 'late-payers'")
          .update();
      assertThat(keyed(late).post(PROJECTS, project("late")).type())
          .isEqualTo("organization.suspended");
    }
  }

  @Nested
  class AKey {

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\tbed"})
    void isVisibleAscii(String malformed) {
      assertMalformed(client.with("Idempotency-Key", malformed).post(PROJECTS, "{malformed"));
    }

    @Test
    void hasNoMoreThan255Characters() {
      assertMalformed(client.with("Idempotency-Key", "k".repeat(256)).post("/probe/count", "{}"));
      var longest = client.with("Idempotency-Key", "!~".repeat(127) + "k");
      assertThat(longest.post("/probe/count", "{}").status()).isEqualTo(200);
    }

    @Test
    void isSentOnce() throws Exception {
      var request =
          HttpRequest.newBuilder(server.baseUrl().resolve("/probe/count"))
              .header("api_token", server.token())
              .header("Idempotency-Key", "a")
              .header("Idempotency-Key", "b")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      try (var http = HttpClient.newHttpClient()) {
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
      }
    }

    @Test
    void isAskedForAfterTheToken() {
      var stranger = ApiClient.anonymous(server).with("Idempotency-Key", "two words");
      assertThat(stranger.post(PROJECTS, "{}").status()).isEqualTo(401);
    }

    @Test
    void belongsToAToken() {
      var first = keyed(clientOf("many-tokens")).post("/probe/count", "{}");
      assertFresh(keyed(clientOf("many-tokens")).post("/probe/count", "{}"), first);
      assertFresh(keyed(clientOf("elsewhere")).post("/probe/count", "{}"), first);
    }

    @Test
    void belongsToAPathAndItsQuery() {
      var first = keyed().post("/probe/count", "{}");
      assertFresh(keyed().post("/probe/count-too", "{}"), first);
      assertFresh(keyed().post("/probe/count?page=2", "{}"), first);
      for (var same : List.of("/v1/probe/count", "/v2/probe/count", "/probe/co%75nt")) {
        assertThat(keyed().post(same, "{}").text()).as(same).isEqualTo(first.text());
      }
    }

    @Test
    void saysNothingToOtherMethods() {
      var first = keyed().put("/probe/count", "{}");
      assertFresh(keyed().put("/probe/count", "{}"), first);
      assertThat(client.with("Idempotency-Key", "two words").get(PROJECTS).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/admin/probe/tokens", "/v1/admin/probe/tokens", "/admin/probe/tokens/1/rotate"})
    void saysNothingToWhatMakesTokens(String path) {
      var first = keyed().post(path, "{}");
      assertFresh(keyed().post(path, "{}"), first);
      assertThat(client.with("Idempotency-Key", "two words").post(path, "{}").status())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 404, 409, 500, 503})
    void isFreeAgainAfterAnythingButASuccess(int status) {
      var first = keyed().post("/probe/fail?status=" + status, "{}");
      assertThat(first.status()).isEqualTo(status);
      assertFresh(keyed().post("/probe/fail?status=" + status, "{\"other\": 1}"), first);
    }

    @Test
    void isFreeAgainAfterARefusal() {
      assertThat(keyed().post(DATASETS, Map.of("project_id", 9_999_999, "name", "d")).status())
          .isEqualTo(404);
      assertThat(keyed().post(PROJECTS, "{malformed").status()).isEqualTo(400);
      assertThat(keyed().post(PROJECTS, project("mended")).status()).isEqualTo(201);
    }

    private static void assertMalformed(Answer answer) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.type()).isEqualTo("idempotency-key.malformed");
    }

    private static void assertFresh(Answer answer, Answer first) {
      assertThat(answer.header(REPLAYED)).isEmpty();
      assertThat(answer.text()).isNotEqualTo(first.text());
    }
  }

  @Nested
  class ABody {

    @Test
    void isComparedToItsLastByteHoweverLargeItIs() {
      var body = new byte[24 * MIB];
      new Random(1).nextBytes(body);
      var first = send("/probe/stream", body);
      assertThat(first.json().get("bytes").asInt()).isEqualTo(body.length);
      assertThat(send("/probe/stream", body).text()).isEqualTo(first.text());
      body[body.length - 1]++;
      assertThat(send("/probe/stream", body).status()).isEqualTo(422);
      assertThat(send("/probe/stream", Arrays.copyOf(body, MIB)).status()).isEqualTo(422);
    }

    @Test
    void isNotRememberedPast64Mib() {
      var body = new byte[64 * MIB + 1];
      var first = send("/probe/stream", body);
      assertThat(first.status()).isEqualTo(200);
      assertThat(send("/probe/stream", body).text()).isNotEqualTo(first.text());
    }

    @Test
    void isComparedWhereItWasNotRead() {
      var first = keyed().post("/probe/count", "{\"unread\": 1}");
      assertThat(keyed().post("/probe/count", "{\"unread\": 1}").text()).isEqualTo(first.text());
      assertThat(keyed().post("/probe/count", "{\"unread\": 2}").status()).isEqualTo(422);
    }

    @Test
    void isComparedWhereItWasReadAsText() {
      var first = keyed().post("/probe/reader", "a\nb");
      assertThat(first.json().get("line").asString()).isEqualTo("a");
      assertThat(keyed().post("/probe/reader", "a\nb").text()).isEqualTo(first.text());
      assertThat(keyed().post("/probe/reader", "a\nc").status()).isEqualTo(422);
    }

    @Test
    void isComparedPartByPart() {
      var content = "x".repeat(3 * MIB);
      var first = sendParts("boundary-1", "a.jpg", content);
      assertThat(first.status()).as(first.text()).isEqualTo(200);
      assertThat(first.json().get("bytes").asInt()).isEqualTo(content.length());
      assertThat(sendParts("boundary-1", "a.jpg", content).text()).isEqualTo(first.text());
      assertThat(sendParts("boundary-2", "a.jpg", content).text()).isEqualTo(first.text());
      assertThat(sendParts("boundary-1", "b.jpg", content).status()).isEqualTo(422);
      assertThat(sendParts("boundary-1", "a.jpg", content + "y").status()).isEqualTo(422);
      assertThat(sendParts("boundary-1", "a.jpg", "x".repeat(5 * MIB)).status()).isEqualTo(422);
    }

    @Test
    void isKeptAsADigestThatTellsNothing() throws Exception {
      var body =
          "{\"project_name\": \"hush\", \"ip_medium\": \"photography\", \"ip_type\": \"other\"}";
      assertThat(keyed().post(PROJECTS, body).status()).isEqualTo(201);
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(rows("body = :value", sha256)).isZero();
      assertThat(rows("length(body) = length(:value)", sha256)).isPositive();
      assertThat(rows("position(:value::bytea IN answer) > 0", "hush")).isZero();
    }

    private Answer send(String path, byte[] body) {
      return keyed()
          .with("Content-Type", "application/octet-stream")
          .send("POST", path, BodyPublishers.ofByteArray(body));
    }

    private Answer sendParts(String boundary, String name, String content) {
      var body =
          """
          --%s\r
          Content-Disposition: form-data; name="file"; filename="%s"\r
          Content-Type: image/jpeg\r
          \r
          %s\r
          --%s--\r
          """
              .formatted(boundary, name, content, boundary);
      return keyed()
          .with("Content-Type", "multipart/form-data; boundary=" + boundary)
          .send("POST", "/probe/parts", BodyPublishers.ofString(body));
    }
  }

  @Nested
  class AnAnswer {

    @Test
    void isRememberedUpToOneMib() {
      var first = keyed().post("/probe/large?bytes=" + MIB, "{}");
      var second = keyed().post("/probe/large?bytes=" + MIB, "{}");
      assertThat(second.header(REPLAYED)).hasValue("true");
      assertThat(second.header("Call")).isEqualTo(first.header("Call"));
      assertThat(second.bytes()).hasSize(MIB).isEqualTo(first.bytes());
    }

    @Test
    void isGivenOnceWhereItIsLarger() {
      int bytes = 3 * MIB;
      var first = keyed().post("/probe/large?bytes=" + bytes, "{}");
      assertThat(first.bytes()).hasSize(bytes);
      var second = keyed().post("/probe/large?bytes=" + bytes, "{}");
      assertThat(second.header(REPLAYED)).isEmpty();
      assertThat(second.header("Call")).isNotEqualTo(first.header("Call"));
    }

    @Test
    void isRememberedWhereItComesLater() {
      var first = keyed().post("/probe/later", "{}");
      assertThat(first.status()).isEqualTo(200);
      var second = keyed().post("/probe/later", "{}");
      assertThat(second.header(REPLAYED)).hasValue("true");
      assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void isRememberedForAClientThatHasGone() throws Exception {
      Probe.holdTheNext();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write(rawRequest("/probe/slow"));
        Probe.begun.await();
      }
      int calls = Probe.CALLS.get();
      Probe.release.countDown();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> keyed().post("/probe/slow", "{}").status() == 200);
      assertThat(Probe.CALLS).hasValue(calls + 1);
    }

    private byte[] rawRequest(String path) {
      return """
      POST %s HTTP/1.1\r
      Host: localhost\r
      api_token: %s\r
      Idempotency-Key: %s\r
      Content-Type: application/json\r
      Content-Length: 2\r
      \r
      {}\
      """
          .formatted(path, server.token(), key)
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  @Test
  void twentyRequestsToTwoNodesMakeOneDataset() throws Exception {
    long project = client.post(PROJECTS, project("raced")).json().get("id").asLong();
    var body = Map.of("project_id", project, "name", "raced");
    List<Callable<Answer>> requests = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      var node = keyed(ApiClient.of(n % 2 == 0 ? server : other));
      requests.add(() -> node.post(DATASETS, body));
    }
    List<Answer> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers = threads.invokeAll(requests).stream().map(answer -> answer.resultNow()).toList();
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
    var first = answers.stream().filter(answer -> answer.status() == 201).findFirst().orElseThrow();
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 201)
        .allSatisfy(answer -> assertThat(answer.text()).isEqualTo(first.text()));
    assertThat(client.get("/tailored-gen/projects/" + project + "/datasets").json()).hasSize(1);
  }

  private static Map<String, String> project(String name) {
    return Map.of("project_name", name, "ip_medium", "photography", "ip_type", "other");
  }

  private static int projectsNamed(String name) {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM project WHERE project_name = :name")
        .param("name", name)
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private static int rows(String condition, String value) {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM idempotent_request WHERE " + condition)
        .param("value", value)
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private static void age(String time) {
    server
        .jdbc()
        .sql("UPDATE idempotent_request SET expires_at = expires_at - CAST(:time AS interval)")
        .param("time", time)
        .update();
  }

  private static ApiClient clientOf(String organization) {
    return ApiClient.anonymous(server)
        .with("api_token", TestTokens.make(server, organization, Scope.WRITE));
  }
}
