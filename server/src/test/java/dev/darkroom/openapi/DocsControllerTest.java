package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsControllerTest {

  private static TestServer server;
  private static ApiClient browser;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    browser = ApiClient.anonymous(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsThePageWithoutAToken() {
    var page = browser.get("/docs");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.text()).contains("Darkroom API");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/v1", "/v2"})
  void servesEverythingThatThePageAsksFor(String prefix) {
    var page = browser.get(prefix + "/docs").text();
    var asked =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(match -> prefix + "/" + match.group(1))
            .toList();
    assertThat(asked)
        .hasSize(5)
        .allSatisfy(part -> assertThat(browser.get(part).status()).as(part).isEqualTo(200));
  }

  @ParameterizedTest
  @CsvSource({
    "/docs,                      text/html",
    "/docs/docs.js,              text/javascript",
    "/docs/swagger-ui.css,       text/css",
    "/docs/swagger-ui-bundle.js, text/javascript",
    "/docs/favicon-32x32.png,    image/png",
  })
  void letsABrowserRunNothingElse(String path, String type) {
    var answer = browser.get(path);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith(type);
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';")
        .doesNotContain("unsafe-eval");
    var again = browser.with("If-None-Match", answer.header("ETag").orElseThrow()).get(path);
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void hasNoScriptInThePageItself() {
    assertThat(browser.get("/docs").text())
        .doesNotContainPattern("<script(?! src=)")
        .doesNotContainPattern("\\son[a-z]+=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/swagger-ui.js",
        "/docs/index.css",
        "/docs/swagger-ui-bundle.js.map",
        "/docs/application.yaml"
      })
  void servesNoMoreThanThat(String path) {
    assertThat(browser.get(path).type()).isEqualTo("request.unknown-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/",
        "/docs/../tailored-gen/projects",
        "/docs/a/../../tailored-gen/projects",
        "/webjars/swagger-ui/5.34.1/index.html"
      })
  void opensNothingElse(String path) {
    assertThat(browser.get(path).status()).isIn(400, 401);
  }
}
