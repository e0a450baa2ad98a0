package dev.darkroom.stagedupload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule of tus 1.0.0 and of the extensions that the server names.
class TusProtocolTest {

  private static final int MAX_BYTES = 100_000_000;
  private static final byte[] BYTES = "PK, and so on".getBytes(US_ASCII);

  private static TestServer server;
  private static TusClient tus;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.limits.max-zip-bytes",
                Integer.toString(MAX_BYTES),
                "darkroom.rate-limit.expensive-per-minute",
                "7"));
    tus = TusClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).as(answer.text()).isEqualTo(type);
    assertThat(answer.header("Tus-Resumable")).hasValue("1.0.0");
  }

  /// Sends with headers that stand in for the good ones; an empty one is left out.
  private static Answer send(String method, String path, Map<String, String> headers) {
    Map<String, String> all =
        new HashMap<>(Map.of("Tus-Resumable", "1.0.0", "Content-Type", TusClient.BYTES));
    all.putAll(headers);
    var client = ApiClient.of(server);
    for (var header : all.entrySet()) {
      if (!header.getValue().isEmpty()) client = client.with(header.getKey(), header.getValue());
    }
    var body = method.equals("PATCH") ? BodyPublishers.ofByteArray(BYTES) : BodyPublishers.noBody();
    return client.send(method, path, body);
  }

  @Nested
  class Capabilities {

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1", "/v2"})
    void areToldToEveryone(String prefix) {
      var answer =
          ApiClient.anonymous(server).send("OPTIONS", prefix + "/uploads", BodyPublishers.noBody());
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Tus-Version")).hasValue("1.0.0");
      assertThat(answer.header("Tus-Extension"))
          .hasValue("creation,creation-with-upload,expiration,checksum,termination");
      assertThat(answer.header("Tus-Max-Size")).hasValue(Integer.toString(MAX_BYTES));
      assertThat(answer.header("Tus-Checksum-Algorithm")).hasValue("sha1,sha256,sha512");
      assertThat(answer.header("Allow").orElseThrow().split(",", -1))
          .containsExactlyInAnyOrder("OPTIONS", "GET", "HEAD", "POST");
    }

    @Test
    void openNothingElse() {
      var stranger = ApiClient.anonymous(server);
      for (var path : new String[] {"/uploads/1", "/limits", "/tailored-gen/projects"}) {
        assertThat(stranger.send("OPTIONS", path, BodyPublishers.noBody()).status())
            .as(path)
            .isEqualTo(401);
      }
      var overridden =
          stranger
              .with("X-HTTP-Method-Override", "OPTIONS")
              .send("POST", "/limits", BodyPublishers.noBody());
      assertThat(overridden.status()).isEqualTo(401);
    }
  }

  @Nested
  class Creation {

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1", "/v2"})
    void tellsWhereTheUploadIs(String prefix) {
      var created =
          send("POST", prefix + "/uploads", Map.of("Upload-Length", "13", "Content-Type", ""));
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      long id = created.json().get("id").asLong();
      assertThat(created.header("Location")).hasValue(server.baseUrl() + prefix + "/uploads/" + id);
      assertThat(created.header("Upload-Offset")).hasValue("0");
      assertThat(created.header("Tus-Resumable")).hasValue("1.0.0");
      assertThat(created.json().get("file_name").isNull()).isTrue();
      assertThat(created.json().get("used").asBoolean()).isFalse();
      assertThat(tus.offset(prefix + "/uploads/" + id)).isZero();
    }

    @Test
    void takesNothingAtAllToo() {
      var path = tus.begin(0);
      assertThat(tus.offset(path)).isZero();
      assertThat(tus.patch(path, 0, new byte[0]).status()).isEqualTo(204);
    }

    @Test
    void takesTheFirstBytesWithIt() {
      var created = withBytes(Map.of("Upload-Length", "20"));
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.header("Upload-Offset")).hasValue("13");
      assertThat(created.json().get("offset").asInt()).isEqualTo(13);
    }

    @Test
    void keepsTheUploadWhereItsFirstBytesAreWrong() {
      var refused =
          withBytes(
              Map.of("Upload-Length", "20", "Upload-Checksum", checksum("SHA-1", "sha1", "other")));
      assertRefused(refused, 460, "staged-upload.checksum-mismatch");
      var path = URI.create(refused.header("Location").orElseThrow()).getPath();
      assertThat(tus.offset(path)).isZero();
    }

    private static Answer withBytes(Map<String, String> headers) {
      var client = ApiClient.of(server).with("Tus-Resumable", "1.0.0");
      for (var header : headers.entrySet())
        client = client.with(header.getKey(), header.getValue());
      return client
          .with("Content-Type", TusClient.BYTES)
          .send("POST", "/uploads", BodyPublishers.ofByteArray(BYTES));
    }

    @Test
    void takesNoOtherBody() {
      var refused =
          ApiClient.of(server)
              .with("Tus-Resumable", "1.0.0")
              .with("Upload-Length", "13")
              .send("POST", "/uploads", BodyPublishers.ofByteArray(BYTES));
      assertRefused(refused, 415, "request.media-type-not-supported");
    }

    static Stream<Arguments> faults() {
      return Stream.of(
          arguments(Map.of("Upload-Length", ""), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Length", "-1"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Length", "ten"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Length", "0x10"), 400, "staged-upload.header-invalid"),
          arguments(
              Map.of("Upload-Length", "99999999999999999999"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Length", "100000001"), 413, "archive.too-large"),
          arguments(
              Map.of("Upload-Length", "", "Upload-Defer-Length", "1"),
              400,
              "staged-upload.length-deferred"),
          arguments(Map.of("Upload-Metadata", "filename a"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Metadata", "a,a"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Metadata", "a,,b"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Metadata", "a b c"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Tus-Resumable", ""), 412, "staged-upload.version-unsupported"),
          arguments(Map.of("Tus-Resumable", "0.2.2"), 412, "staged-upload.version-unsupported"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refuses(Map<String, String> headers, int status, String type) {
      Map<String, String> all = new HashMap<>(Map.of("Upload-Length", "13", "Content-Type", ""));
      all.putAll(headers);
      var refused = send("POST", "/uploads", all);
      assertRefused(refused, status, type);
      if (status == 412) assertThat(refused.header("Tus-Version")).hasValue("1.0.0");
    }

    @Test
    void namesTheLimitThatALengthPasses() {
      var refused = tus.create(MAX_BYTES + 1);
      assertThat(refused.json().get("limit").asLong()).isEqualTo(MAX_BYTES);
      assertThat(refused.json().get("actual").asLong()).isEqualTo(MAX_BYTES + 1);
    }

    @Test
    void isRepeatedUnderItsKey() {
      var client = tus.with("Idempotency-Key", "the-same-upload");
      var first = client.create(13);
      var again = client.create(13);
      assertThat(again.header("Location")).isEqualTo(first.header("Location"));
      assertThat(again.header("Idempotency-Replayed")).hasValue("true");
      assertThat(again.header("Tus-Resumable")).hasValue("1.0.0");
    }

    /// A body of nothing is the same for every upload.
    @ParameterizedTest
    @CsvSource({"14, filename YQ==", "13, filename Yg==", "13, ''"})
    void isAnotherOneWithAnotherLengthOrName(String length, String metadata) {
      var key = UUID.randomUUID().toString();
      assertThat(createUnder(key, "13", "filename YQ==").status()).isEqualTo(201);
      assertRefused(createUnder(key, length, metadata), 422, "idempotency-key.other-body");
      assertThat(createUnder(key, "13", "filename YQ==").status()).isEqualTo(201);
    }

    private static Answer createUnder(String key, String length, String metadata) {
      return send(
          "POST",
          "/uploads",
          Map.of(
              "Idempotency-Key", key,
              "Upload-Length", length,
              "Upload-Metadata", metadata,
              "Content-Type", ""));
    }

    /// A client that is told to wait tries again, and each try would count against the quota.
    @Test
    void leavesNothingWhereNoByteOfItCanBeTaken() {
      long before = uploadsHere();
      var taken = new ArrayList<Places.Place>();
      for (int n = 0; n < Places.MOST_OF_ONE; n++) taken.add(server.bean(Places.class).take(1));
      try {
        var refused = withBytes(Map.of("Upload-Length", "20"));
        assertRefused(refused, 429, "staged-upload.too-many-at-once");
        assertThat(refused.header("Location")).isEmpty();
      } finally {
        taken.forEach(Places.Place::close);
      }
      var refused = withBytes(Map.of("Upload-Length", "5"));
      assertRefused(refused, 413, "staged-upload.too-long");
      assertThat(refused.header("Location")).isEmpty();
      assertThat(uploadsHere()).isEqualTo(before);
      assertThat(withBytes(Map.of("Upload-Length", "20")).status()).isEqualTo(201);
    }

    private static long uploadsHere() {
      return server
          .jdbc()
          .sql("SELECT count(*) FROM staged_upload")
          .query((row, _) -> row.getLong(1))
          .single();
    }
  }

  @Nested
  class Offset {

    @Test
    void isToldWithAllThatWasSent() {
      var created = tus.create(13);
      var path = URI.create(created.header("Location").orElseThrow()).getPath();
      tus.patch(path, BYTES, 0, 5);
      var head = tus.head(path);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Upload-Offset")).hasValue("5");
      assertThat(head.header("Upload-Length")).hasValue("13");
      assertThat(head.header("Upload-Metadata")).hasValue("filename cGxhdGVzLnppcA==");
      assertThat(head.header("Upload-Expires")).isPresent();
      assertThat(head.header("Cache-Control")).hasValue("no-store");
      assertThat(head.header("Tus-Resumable")).hasValue("1.0.0");
      var seen = ApiClient.of(server).get(path);
      assertThat(seen.json().get("file_name").asString()).isEqualTo("plates.zip");
      assertThat(seen.json().get("offset").asInt()).isEqualTo(5);
    }

    @Test
    void needsTheVersion() {
      var head = send("HEAD", tus.begin(13), Map.of("Tus-Resumable", ""));
      assertThat(head.status()).isEqualTo(412);
      assertThat(head.header("Tus-Version")).hasValue("1.0.0");
    }

    @Test
    void ofNoUploadIs404AndNoOffset() {
      var head = tus.head("/uploads/999999");
      assertThat(head.status()).isEqualTo(404);
      assertThat(head.header("Upload-Offset")).isEmpty();
      assertRefused(tus.patch("/uploads/999999", 0, BYTES), 404, "staged-upload.not-found");
      assertRefused(tus.patch("/uploads/nine", 0, BYTES), 400, "request.parameter-invalid");
    }
  }

  @Nested
  class Sending {

    static Stream<Arguments> faults() {
      return Stream.of(
          arguments(Map.of("Upload-Offset", ""), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Offset", "-1"), 400, "staged-upload.header-invalid"),
          arguments(Map.of("Upload-Offset", "1"), 409, "staged-upload.wrong-offset"),
          arguments(Map.of("Upload-Offset", "14"), 409, "staged-upload.wrong-offset"),
          arguments(
              Map.of("Content-Type", "application/json"), 415, "request.media-type-not-supported"),
          arguments(Map.of("Tus-Resumable", "2.0.0"), 412, "staged-upload.version-unsupported"),
          arguments(
              Map.of("Upload-Checksum", "crc32 AAAAAA=="), 400, "staged-upload.checksum-unknown"),
          arguments(Map.of("Upload-Checksum", "sha1"), 400, "staged-upload.checksum-unknown"),
          arguments(Map.of("Upload-Checksum", "sha1 AAAA"), 400, "staged-upload.checksum-unknown"),
          arguments(Map.of("Upload-Checksum", "sha1 ?"), 400, "staged-upload.checksum-unknown"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refuses(Map<String, String> headers, int status, String type) {
      var path = tus.begin(13);
      Map<String, String> all = new HashMap<>(Map.of("Upload-Offset", "0"));
      all.putAll(headers);
      var refused = send("PATCH", path, all);
      assertRefused(refused, status, type);
      if (status == 409) assertThat(refused.header("Upload-Offset")).hasValue("0");
      assertThat(tus.offset(path)).isZero();
    }

    @Test
    void moreThanWasDeclaredIsRefused() {
      var path = tus.begin(10);
      assertRefused(tus.patch(path, 0, BYTES), 413, "staged-upload.too-long");
      assertThat(tus.offset(path)).isZero();
      // Where the request tells no length, that shows at the end.
      var stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BYTES));
      assertRefused(tus.patch(path, 0, stream), 413, "staged-upload.too-long");
      assertThat(tus.offset(path)).isEqualTo(10);
    }

    @Test
    void pastTheEndIsNothingNew() {
      var path = tus.begin(13);
      assertThat(tus.patch(path, 0, BYTES).status()).isEqualTo(204);
      assertThat(tus.patch(path, 13, new byte[0]).header("Upload-Offset")).hasValue("13");
      assertRefused(tus.patch(path, 13, BYTES), 413, "staged-upload.too-long");
      assertRefused(tus.patch(path, 0, BYTES), 409, "staged-upload.wrong-offset");
    }

    @Test
    void thatIsRefusedCostsWhoeverAsksFirstNoByte() throws IOException {
      var path = tus.begin(MAX_BYTES);
      var headers = "Content-Length: 50000000\nExpect: 100-continue";
      try (var raw = RawUpload.begin(server.baseUrl(), path, 7, headers)) {
        assertThat(raw.answer())
            .startsWith("HTTP/1.1 409 ")
            .contains("Upload-Offset: 0")
            .contains("staged-upload.wrong-offset");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "patch"})
    void canBeAPostThatMeansPatch(String method) {
      var path = tus.begin(13);
      var sent =
          tus.api()
              .with("Tus-Resumable", "1.0.0")
              .with("X-HTTP-Method-Override", method)
              .with("Upload-Offset", "0")
              .with("Content-Type", TusClient.BYTES)
              .with("Idempotency-Key", "of-no-meaning-here")
              .send("POST", path, BodyPublishers.ofByteArray(BYTES));
      assertThat(sent.status()).as(sent.text()).isEqualTo(204);
      assertThat(sent.header("Upload-Offset")).hasValue("13");
      assertThat(sent.header("RateLimit-Policy").orElseThrow()).startsWith("\"write\"");
    }

    @Test
    void isSeenAsWhatItMeansByWhoeverAsksForTheMethod() {
      var path = tus.begin(13);
      var head =
          tus.api()
              .with("Tus-Resumable", "1.0.0")
              .with("X-HTTP-Method-Override", "HEAD")
              .send("POST", path, BodyPublishers.noBody());
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("RateLimit-Policy").orElseThrow()).startsWith("\"read\"");
      assertThat(audited("HEAD")).isZero();
      assertThat(audited("PATCH")).isNotNegative();
      var gone =
          tus.api()
              .with("Tus-Resumable", "1.0.0")
              .with("X-HTTP-Method-Override", "DELETE")
              .send("POST", path, BodyPublishers.noBody());
      assertThat(gone.status()).isEqualTo(204);
      assertThat(audited("DELETE")).isPositive();
      assertThat(tus.head(path).status()).isEqualTo(404);
    }

    private static int audited(String method) {
      return server
          .jdbc()
          .sql("SELECT count(*) FROM audit_entry WHERE method = :method")
          .param("method", method)
          .query((row, _) -> row.getInt(1))
          .single();
    }
  }

  @Nested
  class Checksums {

    @ParameterizedTest
    @CsvSource({"SHA-1, sha1", "SHA-256, sha256", "SHA-512, sha512"})
    void decideWhetherBytesCount(String digest, String name) {
      var path = tus.begin(13);
      var wrong = checked(path, checksum(digest, name, "something else"));
      assertRefused(wrong, 460, "staged-upload.checksum-mismatch");
      assertThat(wrong.header("Upload-Offset")).hasValue("0");
      assertThat(tus.offset(path)).isZero();
      var right = checked(path, checksum(digest, name, new String(BYTES, US_ASCII)));
      assertThat(right.status()).as(right.text()).isEqualTo(204);
      assertThat(right.header("Upload-Offset")).hasValue("13");
    }

    @Test
    void holdForSoManyBytesOnly() throws IOException {
      var path = tus.begin(MAX_BYTES);
      var headers =
          "Content-Length: %d\nExpect: 100-continue\nUpload-Checksum: %s"
              .formatted(Reception.CHECKED_BYTES + 1, checksum("SHA-1", "sha1", ""));
      try (var raw = RawUpload.begin(server.baseUrl(), path, 0, headers)) {
        assertThat(raw.answer())
            .startsWith("HTTP/1.1 413 ")
            .contains("staged-upload.checked-too-large");
      }
      assertThat(tus.offset(path)).isZero();
    }

    private static Answer checked(String path, String checksum) {
      return tus.with("Upload-Checksum", checksum).patch(path, 0, BYTES);
    }
  }

  private static String checksum(String algorithm, String name, String text) {
    try {
      var digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(US_ASCII));
      return name + " " + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Nested
  class Termination {

    @Test
    void leavesNothing() {
      var path = tus.begin(13);
      tus.patch(path, 0, BYTES);
      assertThat(tus.delete(path).status()).isEqualTo(204);
      assertThat(tus.head(path).status()).isEqualTo(404);
      assertThat(tus.delete(path).status()).isEqualTo(404);
    }
  }

  @Nested
  class Tokens {

    @Test
    void thatReadLookOnly() {
      var path = tus.begin(13);
      var reader =
          new TusClient(
              ApiClient.anonymous(server)
                  .with("api_token", TestTokens.make(server, "default", Scope.READ)));
      assertThat(reader.offset(path)).isZero();
      assertRefused(reader.create(13), 403, "token.read-only");
      assertRefused(reader.patch(path, 0, BYTES), 403, "token.read-only");
      assertRefused(reader.delete(path), 403, "token.read-only");
    }

    @Test
    void ofAnotherOrganizationFindNothing() {
      var path = tus.begin(13);
      var stranger =
          new TusClient(
              ApiClient.anonymous(server)
                  .with("api_token", TestTokens.make(server, "strangers", Scope.WRITE)));
      assertThat(stranger.head(path).status()).isEqualTo(404);
      assertRefused(stranger.patch(path, 0, BYTES), 404, "staged-upload.not-found");
      assertRefused(stranger.delete(path), 404, "staged-upload.not-found");
      assertThat(tus.offset(path)).isZero();
    }
  }

  @Test
  void bytesInAnyPortionsAreTheBytes() {
    var path = tus.begin(BYTES.length);
    for (int n = 0; n < BYTES.length; n++) {
      assertThat(tus.patch(path, n, Arrays.copyOfRange(BYTES, n, n + 1)).status()).isEqualTo(204);
    }
    assertThat(StagedBytes.of(server, TusClient.id(path))).isEqualTo(BYTES);
  }
}
