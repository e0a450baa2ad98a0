package dev.darkroom.basicupload;

import static dev.darkroom.basicupload.BasicUploadClient.added;
import static dev.darkroom.basicupload.BasicUploadClient.assertRefused;
import static dev.darkroom.basicupload.BasicUploadClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.samples.SampleImages;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The ways in which an image can come with a request, and what it is called.
class BasicUploadSourcesTest {

  private static final byte[] JPEG = SampleImages.jpeg(64, 64);

  private static TestServer server;
  private static BasicUploadClient client;
  private static long dataset;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.fetch.allow-addresses", "127.0.0.1/32",
                "darkroom.limits.min-dimension", "64",
                "darkroom.limits.max-entry-bytes", "200000"));
    client = new BasicUploadClient(server);
    dataset = client.dataset();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class AsJson {

    @Test
    void takesBase64WithAPrefixAndWithLineBreaks() {
      for (String file :
          List.of(
              BasicUploadClient.base64(JPEG),
              "data:image/png;base64," + BasicUploadClient.base64(JPEG),
              Base64.getMimeEncoder().encodeToString(JPEG))) {
        JsonNode image = added(client.send(dataset, Map.of("file", file)));
        assertThat(client.bytes(image)).isEqualTo(JPEG);
        assertThat(image.get("upload_source_url").isNull()).isTrue();
      }
    }

    @Test
    void takesNothingElseForBase64() {
      for (String file : List.of("not base64!", "data:image/png,abc", "https://example.com/a")) {
        assertRefused(client.send(dataset, Map.of("file", file)), 400, "request.field-invalid");
      }
      assertRefused(client.send(dataset, Map.of("file", 7)), 400, "request.field-invalid");
    }

    @Test
    void takesExactlyOneSource() {
      assertRefused(client.send(dataset, Map.of()), 400, "basic-upload.not-one-source");
      var both = Map.of("file", "AAAA", "image_url", "https://example.com/a.jpg");
      assertRefused(client.send(dataset, both), 400, "basic-upload.not-one-source");
      Map<String, Object> nulls = new HashMap<>();
      nulls.put("file", BasicUploadClient.base64(JPEG));
      for (String other :
          List.of("image_url", "image_name", "increase_resolution", "content_moderation")) {
        nulls.put(other, null);
      }
      added(client.send(dataset, nulls));
    }

    @Test
    void takesNothingForABooleanThatIsNone() {
      for (String flag : List.of("increase_resolution", "content_moderation")) {
        assertRefused(
            client.send(dataset, JPEG, Map.of(flag, "true")), 400, "request.field-invalid");
      }
      assertRefused(client.send(dataset, "[]"), 400, "request.body-missing");
      assertRefused(client.send(dataset, "{"), 400, "request.json-malformed");
    }

    @Test
    void takesBodiesOfManyMegabytesAndNotMore() throws IOException {
      var body =
          Map.of("file", BasicUploadClient.base64(JPEG), "of_another_client", "x".repeat(20 << 20));
      added(client.send(dataset, body));
      assertTooLarge("application/json");
    }
  }

  @Nested
  class AsAForm {

    @Test
    void takesTheFileAsItIs() {
      JsonNode image = added(client.send(dataset, new TestForm().file("photo.jpg", JPEG)));
      assertThat(client.bytes(image)).isEqualTo(JPEG);
      assertThat(image.get("image_name").asString()).isEqualTo("photo.jpg");
      assertThat(image.get("upload_source_url").isNull()).isTrue();
    }

    @Test
    void takesAFileWithoutAName() {
      JsonNode image = added(client.send(dataset, new TestForm().part("name=\"file\"", JPEG)));
      assertThat(client.bytes(image)).isEqualTo(JPEG);
      assertThat(image.get("image_name").asString()).isEqualTo("image.jpeg");
    }

    @Test
    void takesTheOtherFieldsAsTexts() {
      var form =
          new TestForm()
              .file("a.jpg", JPEG)
              .text("image_name", "größer.jpg")
              .text("increase_resolution", "true")
              .text("content_moderation", "FALSE")
              .text("unknown", "x");
      assertThat(added(client.send(dataset, form)).get("image_name").asString())
          .isEqualTo("größer.jpg");
    }

    /// A browser sends the fields that nobody has filled in, too.
    @Test
    void takesEmptyFieldsForAbsentOnes() {
      var form =
          new TestForm()
              .file("a.jpg", JPEG)
              .text("image_url", "")
              .text("image_name", "")
              .text("increase_resolution", "")
              .text("content_moderation", "");
      assertThat(added(client.send(dataset, form)).get("image_name").asString()).isEqualTo("a.jpg");
      try (var source = ZipServer.serving(JPEG)) {
        var url = new TestForm().file("", new byte[0]).text("image_url", source.url());
        assertThat(added(client.send(dataset, url)).get("upload_source_url").isNull()).isFalse();
      }
    }

    @Test
    void takesExactlyOneSource() {
      assertRefused(
          client.send(dataset, new TestForm().text("image_name", "a")),
          400,
          "basic-upload.not-one-source");
      assertRefused(
          client.send(
              dataset,
              new TestForm().file("a.jpg", JPEG).text("image_url", "https://example.com/a")),
          400,
          "basic-upload.not-one-source");
      assertRefused(
          client.send(dataset, new TestForm().file("a.jpg", new byte[0])), 422, "image.empty");
    }

    @Test
    void takesNothingForABooleanThatIsNone() {
      var form = new TestForm().file("a.jpg", JPEG).text("increase_resolution", "yes");
      assertRefused(client.send(dataset, form), 400, "request.field-invalid");
    }

    @Test
    void refusesWhatIsNoForm() {
      var api = client.api().with("Content-Type", "multipart/form-data; boundary=x");
      for (String body :
          List.of("", "no form", "--x\r\nContent-Disposition: form-data; name=\"file\"")) {
        Answer answer = api.send("POST", path(dataset, "/images"), BodyPublishers.ofString(body));
        assertThat(answer.status()).as(body + " -> " + answer.text()).isEqualTo(400);
      }
      Answer answer =
          client
              .api()
              .with("Content-Type", "multipart/form-data")
              .send("POST", path(dataset, "/images"), BodyPublishers.ofString("x"));
      assertRefused(answer, 400, "request.form-malformed");
      var many = new TestForm().file("a.jpg", JPEG);
      for (int n = 0; n < 60; n++) many.text("f" + n, "x");
      assertRefused(client.send(dataset, many), 400, "request.form-malformed");
      var text = new TestForm().file("a.jpg", JPEG).text("image_name", "x".repeat(100_000));
      assertRefused(client.send(dataset, text), 400, "request.field-invalid");
    }

    @Test
    void takesNoBodyOverTheLimit() throws IOException {
      assertTooLarge("multipart/form-data; boundary=x");
      // Without a length it is read up to the limit.
      Answer answer =
          client
              .api()
              .with("Content-Type", new TestForm().contentType())
              .send(
                  "POST",
                  path(dataset, "/images"),
                  BodyPublishers.ofInputStream(() ->
                      new SequenceInputStream(
                          new ByteArrayInputStream(
                              "--a-boundary-of-the-tests\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                                  .getBytes(StandardCharsets.UTF_8)),
                          new ByteArrayInputStream(new byte[(64 << 20) + 10]))));
      assertRefused(answer, 413, "request.body-too-large");
      assertThat(answer.json().get("limit").asLong()).isEqualTo(64 << 20);
    }

    @Test
    void isTakenByNoOtherEndpoint() {
      Answer answer =
          client
              .api()
              .with("Content-Type", new TestForm().contentType())
              .send(
                  "POST",
                  "/tailored-gen/projects",
                  BodyPublishers.ofByteArray(new TestForm().text("project_name", "p").body()));
      assertRefused(answer, 415, "request.media-type-not-supported");
    }
  }

  @Nested
  class ByUrl {

    @Test
    void fetchesTheImageAndShowsNoQuery() {
      try (var source = ZipServer.serving(JPEG)) {
        JsonNode image = added(client.sendUrl(dataset, " " + source.url() + " "));
        assertThat(client.bytes(image)).isEqualTo(JPEG);
        assertThat(image.get("upload_source_url").asString())
            .isEqualTo(source.url().replace("?signature=secret", ""));
        assertThat(image.get("image_name").asString()).isEqualTo("archive.zip");
      }
    }

    @Test
    void fetchesWhatTellsNoLength() {
      try (var source = ZipServer.serving(JPEG).withoutLength()) {
        added(client.sendUrl(dataset, source.url()));
      }
      try (var source = ZipServer.serving(new byte[200_001]).withoutLength()) {
        assertRefused(client.sendUrl(dataset, source.url()), 413, "sent-image.too-large");
      }
    }

    @Test
    void refusesWhatIsTooLargeBeforeItIsRead() {
      try (var source = ZipServer.serving(new byte[200_001])) {
        Answer answer = client.sendUrl(dataset, source.url());
        assertRefused(answer, 413, "sent-image.too-large");
        assertThat(answer.json().get("limit").asInt()).isEqualTo(200_000);
        assertThat(answer.json().get("actual").asInt()).isEqualTo(200_001);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "a.jpg",
          "file:///etc/passwd",
          "ftp://example.com/a.jpg",
          "http://user:password@example.com/a.jpg",
          "http://169.254.169.254/latest/meta-data",
          "http://10.0.0.1/a.jpg",
          "http://[::1]/a.jpg",
          "http://0x7f.1:5432/",
          "http://no-such-host.invalid/a.jpg",
          "http://127.0.0.1:9/a.jpg",
        })
    void refusesAUrlThatGivesNothing(String url) {
      Answer answer = client.sendUrl(dataset, url);
      assertRefused(answer, 422, "basic-upload.url-unusable");
      assertThat(answer.text()).doesNotContain("password@");
    }

    /// Its own port and its database's are refused, whatever the operator allows.
    @Test
    void fetchesNothingFromTheServerItself() {
      assertRefused(
          client.sendUrl(dataset, server.baseUrl() + "/actuator/health/liveness"),
          422,
          "basic-upload.url-unusable");
    }

    @Test
    void refusesWhatTheSourceDoesNotGive() {
      try (var source = ZipServer.serving(JPEG)) {
        String url = source.failNext(100, 404, null).url();
        assertRefused(client.sendUrl(dataset, url), 422, "basic-upload.url-unusable");
      }
      try (var source = ZipServer.serving("<html>gone</html>".getBytes(StandardCharsets.UTF_8))) {
        assertRefused(client.sendUrl(dataset, source.url()), 415, "image.unsupported-format");
      }
    }

    @Test
    void fetchesNothingForADatasetThatTakesNoImage() {
      try (var source = ZipServer.serving(JPEG)) {
        long advanced = client.advanced();
        assertRefused(
            client.sendUrl(advanced, source.url()), 409, "basic-upload.dataset-not-basic");
        assertThat(source.requests()).isEmpty();
      }
    }
  }

  @Nested
  class TheName {

    @Test
    void isTheOneThatIsGiven() {
      assertThat(nameOf("shoot/1 é.jpg")).isEqualTo("shoot/1 é.jpg");
    }

    @Test
    void hasNoControlCharacters() {
      assertThat(nameOf("a\r\nSet-Cookie: b\u0085.jpg"))
          .isEqualTo("a\uFFFD\uFFFDSet-Cookie: b\uFFFD.jpg");
      var encoded = new TestForm().part("name=\"file\"; filename*=UTF-8''a%0D%0Ab.jpg", JPEG);
      assertThat(added(client.send(dataset, encoded)).get("image_name").asString())
          .doesNotContainPattern("\\p{Cntrl}");
      var nul = new TestForm().part("name=\"file\"; filename*=UTF-8''a%00b.jpg", JPEG);
      assertRefused(client.send(dataset, nul), 400, "request.form-malformed");
      JsonNode image = added(client.send(dataset, JPEG, Map.of("image_name", "a\r\nX: b\".jpg")));
      Answer link = client.api().get(image.get("image_url").asString());
      assertThat(link.header("X")).isEmpty();
      assertThat(link.status()).isEqualTo(200);
    }

    @Test
    void isCutAtItsLimitBetweenCharacters() {
      assertThat(nameOf("x".repeat(2000))).hasSize(1024);
      assertThat(nameOf("x".repeat(1023) + "😀.jpg")).isEqualTo("x".repeat(1023));
      var form = new TestForm().file("x".repeat(5000) + ".jpg", JPEG);
      assertThat(added(client.send(dataset, form)).get("image_name").asString()).hasSize(1024);
    }

    @Test
    void isOtherwiseThatOfTheFileWithoutItsFolders() {
      for (String file :
          List.of("C:\\\\Users\\\\me\\\\photo.jpg", "/home/me/photo.jpg", "photo.jpg")) {
        JsonNode image = added(client.send(dataset, new TestForm().file(file, JPEG)));
        assertThat(image.get("image_name").asString()).isEqualTo("photo.jpg");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "/a/b/my%20photo.jpg,my photo.jpg",
      "/100%25+1.jpg,100%+1.jpg",
      "/a%0D%0Ab.jpg,a\uFFFD\uFFFDb.jpg",
      "/a/..%2F..%2Fetc%2Fpasswd,passwd",
      "/,image.jpeg",
      "/folder/,image.jpeg",
    })
    void isOtherwiseTheLastPartOfTheUrl(String path, String name) {
      try (var source = ZipServer.serving(JPEG)) {
        String url = "http://127.0.0.1:" + source.port() + path;
        assertThat(added(client.sendUrl(dataset, url)).get("image_name").asString())
            .isEqualTo(name);
      }
    }

    @Test
    void isOtherwiseThatOfAnyImage() {
      assertThat(added(client.send(dataset, JPEG)).get("image_name").asString())
          .isEqualTo("image.jpeg");
      assertThat(nameOf(" ")).isEqualTo("image.jpeg");
      assertThat(added(client.send(dataset, SampleImages.png(64, 64))).get("image_name").asString())
          .isEqualTo("image.png");
    }

    private static String nameOf(String given) {
      return added(client.send(dataset, JPEG, Map.of("image_name", given)))
          .get("image_name")
          .asString();
    }
  }

  /// Told from the length that the request declares, after the first byte of its body.
  private static void assertTooLarge(String contentType) throws IOException {
    long length = (64L << 20) + 1;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: a\r\napi_token: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n{"
                  .formatted(path(dataset, "/images"), server.token(), contentType, length)
                  .getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(answer.readLine()).contains(" 413 ");
      assertThat(answer.lines().filter(line -> line.contains("request.body-too-large")).findFirst())
          .hasValueSatisfying(body -> assertThat(body).contains("\"limit\":67108864"));
    }
  }
}
