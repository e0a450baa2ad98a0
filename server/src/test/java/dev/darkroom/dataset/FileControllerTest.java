package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FileControllerTest {

  private static TestServer server;
  private static ApiClient client;
  private static ApiClient browser;
  private static TestImages images;
  private static long dataset;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ApiClient.of(server);
    browser = ApiClient.anonymous(server);
    images = new TestImages(server);
    dataset = new TestDatasets(client).fibo();
    images.publish(dataset, 3);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode image(int ordinal) {
    return client.get(path(dataset) + "/images").json().get(ordinal);
  }

  private static String original(int ordinal) {
    return image(ordinal).get("image_url").asString();
  }

  @Test
  void servesTheOriginalBytesWithoutAToken() {
    var answer = browser.get(original(1));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(TestImages.original(1));
    assertThat(answer.header("Content-Type")).hasValue("image/png");
    assertThat(answer.header("Content-Length")).hasValue("1001");
    assertThat(answer.header("Accept-Ranges")).hasValue("bytes");
    assertThat(answer.header("ETag")).hasValue("\"" + image(1).get("sha256").asString() + "\"");
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy")).hasValue("sandbox; default-src 'none'");
    assertThat(answer.header("Content-Disposition").orElseThrow())
        .startsWith("inline;")
        .contains("001.jpg")
        .doesNotContain("shoot");
    assertThat(answer.header("X-Request-Id")).isPresent();
  }

  @Test
  void servesTheThumbnailAsAJpeg() {
    var answer = browser.get(image(1).get("thumbnail_url").asString());
    assertThat(answer.bytes()).isEqualTo(TestImages.thumbnail(1));
    assertThat(answer.header("Content-Type")).hasValue("image/jpeg");
    assertThat(answer.header("ETag")).isNotEqualTo(browser.get(original(1)).header("ETag"));
  }

  @Test
  void letsABrowserKeepItUntilTheLinkExpires() {
    var cache = browser.get(original(0)).header("Cache-Control").orElseThrow();
    assertThat(cache).startsWith("max-age=").endsWith(", private");
    var seconds = Integer.parseInt(cache.replaceAll("\\D", ""));
    assertThat(seconds).isBetween(3500, 7200);
    assertThat(original(0)).isEqualTo(original(0));
  }

  @Test
  void answersAHeadWithoutABody() {
    var answer = browser.send("HEAD", original(0), BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).hasValue("1000");
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void saysWhenNothingHasChanged() {
    var etag = browser.get(original(0)).header("ETag").orElseThrow();
    var answer = browser.with("If-None-Match", etag).get(original(0));
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.bytes()).isEmpty();
    assertThat(browser.with("If-None-Match", "\"other\"").get(original(0)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9,     0,   10",
    "bytes=990-,    990, 1000",
    "bytes=-10,     990, 1000",
    "bytes=500-9999,500, 1000",
    "bytes=0-0,     0,   1"
  })
  void servesARange(String range, int from, int to) {
    var answer = browser.with("Range", range).get(original(0));
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(TestImages.original(0), from, to));
    assertThat(answer.header("Content-Range")).hasValue("bytes %d-%d/1000".formatted(from, to - 1));
    assertThat(answer.header("Content-Length")).hasValue(Integer.toString(to - from));
  }

  @Test
  void refusesARangePastTheEnd() {
    for (var range : new String[] {"bytes=1000-", "bytes=1000-1001", "bytes=-0"}) {
      var answer = browser.with("Range", range).get(original(0));
      assertThat(answer.status()).as(range).isEqualTo(416);
      assertThat(answer.type()).isEqualTo("image-link.range-not-satisfiable");
      assertThat(answer.header("Content-Range")).hasValue("bytes */1000");
      assertThat(answer.header("Cache-Control")).hasValue("no-store");
    }
  }

  @Test
  void servesTheWholeWhereARangeIsNotOneOfTheseBytes() {
    for (var range : new String[] {"bytes=0-1,5-6", "bytes=9-1", "lines=1-2", "nonsense"}) {
      var answer = browser.with("Range", range).get(original(0));
      assertThat(answer.status()).as(range).isEqualTo(200);
      assertThat(answer.bytes()).hasSize(1000);
    }
    var ranged = browser.with("Range", "bytes=0-9");
    assertThat(ranged.with("If-Range", "\"other\"").get(original(0)).bytes()).hasSize(1000);
    var etag = browser.get(original(0)).header("ETag").orElseThrow();
    assertThat(ranged.with("If-Range", etag).get(original(0)).bytes()).hasSize(10);
  }

  @Test
  void refusesALinkThatIsNotItsOwn() {
    var good = original(0);
    var thumbnail = image(0).get("thumbnail_url").asString();
    for (var bad :
        new String[] {
          good.replace("/original", "/thumbnail"),
          thumbnail.replace("/thumbnail", "/original"),
          good.replaceFirst("/files/\\d+", "/files/" + image(1).get("id")),
          good.replaceFirst("expires=\\d+", "expires=99999999999"),
          good.replaceFirst("expires=(\\d+)", "expires=0$1"),
          good.replaceFirst("signature=.*", "signature="),
          good.replaceFirst("&signature=.*", ""),
          good.replaceFirst("\\?.*", ""),
          good.substring(0, good.length() - 1)
        }) {
      var answer = browser.get(bad);
      assertThat(answer.status()).as(bad).isEqualTo(403);
      assertThat(answer.type()).isEqualTo("image-link.invalid");
    }
    assertThat(client.get(good.replaceFirst("\\?.*", "")).status()).isEqualTo(403);
  }

  @Test
  void refusesALinkOnceItsImageIsGoneOrHidden() {
    var link = original(2);
    var id = image(2).get("id").asLong();
    publish(id, false);
    assertThat(browser.get(link).status()).isEqualTo(404);
    publish(id, true);
    assertThat(browser.get(link).status()).isEqualTo(200);
    client.delete(path(dataset) + "/images/" + id);
    assertThat(browser.get(link).type()).isEqualTo("dataset.image-not-found");
  }

  private static void publish(long imageId, boolean published) {
    server
        .jdbc()
        .sql("UPDATE dataset_image SET published = :published WHERE id = :id")
        .param("published", published)
        .param("id", imageId)
        .update();
  }

  @Test
  void namesTheFileSafely() {
    var other = new TestDatasets(client).fibo();
    var upload = images.upload(other, "completed");
    images.add(other, upload, 0, "a/\"; evil=\"\r\nX-Evil: 1\t.html");
    images.add(other, upload, 1, "b/größe 図.png");
    server.bean(DatasetImages.class).publish(upload);
    for (var shown : client.get(path(other) + "/images").json()) {
      var answer = browser.get(shown.get("image_url").asString());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("X-Evil")).isEmpty();
      assertThat(answer.header("Content-Type")).hasValue("image/png");
      assertThat(answer.header("Content-Disposition").orElseThrow())
          .matches("inline; filename=\"[^\"]*\"; filename\\*=UTF-8''[A-Za-z0-9%._~!#$&+^`|-]*");
    }
  }

  @Test
  void linksToTheOperatorsOwnAddress() {
    try (var proxied =
        TestServer.start(Map.of("darkroom.public-url", "https://images.example.org/darkroom/"))) {
      var owner = ApiClient.of(proxied);
      var id = new TestDatasets(owner).fibo();
      new TestImages(proxied).publish(id, 1);
      var listed = owner.get("/v1" + path(id) + "/images?page=1");
      assertThat(listed.json().get(0).get("image_url").asString())
          .startsWith("https://images.example.org/darkroom/files/");
      assertThat(listed.header("Link").orElseThrow())
          .startsWith("<https://images.example.org/darkroom/v1/tailored-gen/");
    }
  }
}
