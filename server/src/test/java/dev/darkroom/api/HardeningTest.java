package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.provider.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// What strangers may do to a server that stands on the open internet, and what it answers.
@ExtendWith(OutputCaptureExtension.class)
class HardeningTest {

  private static final String PROJECTS = "/tailored-gen/projects";

  private static TestServer server;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "darkroom.public-url", "https://images.example.com",
                "server.tomcat.connection-timeout", "500ms"),
            SettableTime.class);
    client = ApiClient.of(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class SettableTime {

    static final SettableClock CLOCK = new SettableClock();

    @Bean
    @Primary
    Clock settableClock() {
      return CLOCK;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PROJECTS, PROJECTS + "/99", "/nothing-here", "/v1" + PROJECTS})
  void tellsBrowsersToTakeNoAnswerForMoreThanItIs(String path) {
    assertGuarded(client.get(path));
    assertGuarded(ApiClient.anonymous(server).get(path));
  }

  private static void assertGuarded(ApiClient.Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .hasValue("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.header("Strict-Transport-Security")).hasValue("max-age=31536000");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void asksForNoTlsWhereItsClientsComeWithoutIt() {
    try (var plain = TestServer.start()) {
      assertThat(ApiClient.of(plain).get(PROJECTS).header("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void doesNotEchoARequestByTrace() throws IOException {
    assertThat(raw("TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("X-Content-Type-Options: nosniff", "X-Request-Id: ");
  }

  @Test
  void refusesAHeadThatIsTooLarge() throws IOException {
    var head = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Large: %s\r\n\r\n";
    assertThat(raw(head.formatted(PROJECTS, "x".repeat(20 << 10)))).startsWith("HTTP/1.1 400 ");
    assertThat(raw(head.formatted(PROJECTS, "x".repeat(8 << 10)))).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void refusesMoreHeadersThanAnybodyNeeds() throws IOException {
    var headers = "X-A: 1\r\n".repeat(200);
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesJsonThatIsNestedToHarm(String opening) {
    var nested = "{\"project_name\": \"p\", \"x\": " + opening.repeat(100_000);
    var answer = client.post(PROJECTS, nested);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("request.json-too-complex");
  }

  @Test
  void refusesANumberOfAThousandDigits() {
    var answer = client.post(PROJECTS, "{\"x\": 1" + "0".repeat(5_000) + "}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("request.json-too-complex");
  }

  @Test
  void refusesABodyThatOnlyTrickles() throws IOException {
    try (var socket = connect()) {
      send(
          socket,
          """
          POST %s HTTP/1.1
          Host: x
          api_token: %s
          Content-Type: application/json
          Content-Length: 1000
          Connection: close

          {\
          """
              .formatted(PROJECTS, TestServer.TOKEN)
              .replace("\n", "\r\n"));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> {
            SettableTime.CLOCK.advance(Duration.ofSeconds(30));
            send(socket, " ");
            return socket.getInputStream().available() > 0;
          });
      assertThat(received(socket))
          .startsWith("HTTP/1.1 408 ")
          .contains("request.body-too-slow", "65536 a second");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "})
  void hangsUpOnWhoeverNeverEndsTheHead(String start) throws IOException {
    try (var socket = connect()) {
      send(socket, start);
      assertThat(received(socket)).doesNotContain("200");
    }
  }

  @Test
  void writesOneLineOfItsLogWhateverAClientSends(CapturedOutput output) {
    var forged = "2026-01-01T00:00:00.000Z INFO  [-] Forged";
    var encoded = URLEncoder.encode(forged, StandardCharsets.UTF_8);
    client.get("/tailored-gen/projects/%0A" + encoded);
    client.with("api_token", "x").get("/%1B%5B31m" + encoded);
    client.post(
        PROJECTS, Map.of("project_name", "\n" + forged + "\r" + forged + "\u2028" + forged));
    LoggerFactory.getLogger("dev.darkroom.Test")
        .warn("a\n{}\r\u001b[31m{}", forged, forged, new IllegalStateException("b\n" + forged));
    assertThat(output.getAll().lines().filter(line -> line.contains("Forged")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).doesNotStartWith(forged).doesNotContain("\u001b"));
  }

  private static Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String received(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String raw(String request) throws IOException {
    try (var socket = connect()) {
      send(socket, request);
      return received(socket);
    }
  }
}
