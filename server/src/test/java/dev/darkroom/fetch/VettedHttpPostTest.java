package dev.darkroom.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Posts to what a client's URL names.
class VettedHttpPostTest {

  private static final byte[] JSON = "{\"name\":\"é\"}".getBytes(UTF_8);
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void sendsTheBytesAndHeadersAsTheyAre() throws Exception {
    var body = new AtomicReference<byte[]>();
    var method = new AtomicReference<String>();
    LoopbackServer server =
        server(exchange -> {
          method.set(exchange.getRequestMethod());
          body.set(exchange.getRequestBody().readAllBytes());
          LoopbackServer.answer(exchange, 204, new byte[0]);
        });

    int status = post(http("127.0.0.1/32"), server.url("/hook?key=secret"), LONG);

    assertThat(status).isEqualTo(204);
    assertThat(method).hasValue("POST");
    assertThat(body.get()).isEqualTo(JSON);
    var asked = server.asked.getFirst();
    assertThat(asked.target()).isEqualTo("/hook?key=secret");
    assertThat(asked.headers().getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(asked.headers().getFirst("X-Test")).isEqualTo("1");
    assertThat(asked.headers().getFirst("User-Agent")).startsWith("Darkroom/");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    LoopbackServer target = server(exchange -> LoopbackServer.answer(exchange, 200, new byte[0]));
    LoopbackServer first =
        server(exchange -> {
          exchange.getResponseHeaders().set("Location", target.at("127.0.0.1", "/"));
          LoopbackServer.answer(exchange, status, new byte[0]);
        });

    assertThat(post(http("127.0.0.1/32"), first.url("/"), LONG)).isEqualTo(status);
    assertThat(target.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 429, 500, 503})
  void givesEveryStatusAsItIs(int status) throws Exception {
    LoopbackServer server =
        server(exchange -> LoopbackServer.answer(exchange, status, "sorry".getBytes(UTF_8)));

    assertThat(post(http("127.0.0.1/32"), server.url("/"), LONG)).isEqualTo(status);
  }

  @Test
  void readsLittleOfAnAnswerThatNeverEnds() throws Exception {
    var cutOff = new CountDownLatch(1);
    LoopbackServer server =
        server(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            while (true) exchange.getResponseBody().write(new byte[64 * 1024]);
          } catch (IOException _) {
            cutOff.countDown();
          }
        });

    assertThat(post(http("127.0.0.1/32"), server.url("/"), LONG)).isEqualTo(200);
    cutOff.await();
  }

  @Test
  void takesTheStatusOfAnAnswerWhoseBodyStalls() throws Exception {
    var release = new CountDownLatch(1);
    LoopbackServer server =
        server(exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().flush();
          await(release);
        });

    assertThat(post(http("127.0.0.1/32"), server.url("/"), SHORT)).isEqualTo(200);
    release.countDown();
  }

  @Test
  void givesUpOnAReceiverThatDoesNotAnswerInTime() throws Exception {
    var release = new CountDownLatch(1);
    LoopbackServer server = server(_ -> await(release));
    SourceUrl url = server.url("/hook?key=secret");

    var failure = failure(http("127.0.0.1/32"), url, SHORT);

    assertThat(failure).isEqualTo(new FetchFailure.TimedOut(url, SHORT));
    assertThat(failure.message()).doesNotContain("secret");
    release.countDown();
  }

  @Test
  void connectsToNoPrivateAddress() throws Exception {
    LoopbackServer server = server(exchange -> LoopbackServer.answer(exchange, 200, new byte[0]));
    SourceUrl url = server.url("/");
    VettedHttp http = http();

    assertThat(failure(http, url, LONG)).isEqualTo(new FetchFailure.Unreachable(url));
    assertThat(refusal(http, url)).isEqualTo(new FetchFailure.Unreachable(url));
    assertThat(server.asked).isEmpty();
  }

  @Test
  void vetsANameAnewWithEveryConnection() throws Exception {
    LoopbackServer server = server(exchange -> LoopbackServer.answer(exchange, 200, new byte[0]));
    var address = new AtomicReference<>("127.0.0.1");
    VettedHttp http = http(_ -> List.of(InetAddress.ofLiteral(address.get())), "127.0.0.1/32");
    SourceUrl url = SourceUrl.parse(server.at("rebinding.example", "/"));

    http.requireVetted(url);
    address.set("127.0.0.2");

    assertThat(failure(http, url, LONG)).isEqualTo(new FetchFailure.Unreachable(url));
    assertThat(server.asked).isEmpty();
  }

  @Test
  void vetsTheSchemesOwnPort() {
    HostLookup lookup = _ -> List.of(InetAddress.ofLiteral("127.0.0.1"));
    VettedHttp http = http(lookup, "127.0.0.1/32:443");

    http.requireVetted(SourceUrl.parse("https://hooks.example/a"));
    var plain = SourceUrl.parse("http://hooks.example/a");

    assertThat(refusal(http, plain)).isEqualTo(new FetchFailure.Unreachable(plain));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private LoopbackServer server(HttpHandler handler) throws IOException {
    return open(new LoopbackServer(handler));
  }

  private VettedHttp http(String... allowed) {
    return http(HostLookup.SYSTEM, allowed);
  }

  private VettedHttp http(HostLookup lookup, String... allowed) {
    var patience = Duration.ofSeconds(30);
    return open(
        new VettedHttp(
            new FetchSettings(List.of(allowed), patience, patience, 5), new OwnPorts(), lookup));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private static int post(VettedHttp http, SourceUrl url, Duration patience) {
    return http.post(url, JSON, Map.of("X-Test", "1"), patience);
  }

  private static FetchFailure failure(VettedHttp http, SourceUrl url, Duration patience) {
    return failureOf(() -> post(http, url, patience));
  }

  private static FetchFailure refusal(VettedHttp http, SourceUrl url) {
    return failureOf(() -> http.requireVetted(url));
  }

  private static FetchFailure failureOf(ThrowableAssert.ThrowingCallable call) {
    var thrown = Assertions.catchThrowableOfType(FailureException.class, call);
    return (FetchFailure) Objects.requireNonNull(thrown).failure();
  }
}
