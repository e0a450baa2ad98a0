package dev.darkroom.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VettedHttpTest {

  private static final byte[] BODY = "0123456789".getBytes(US_ASCII);

  private final OwnPorts ownPorts = new OwnPorts();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Nested
  class Vetting {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "127.0.0.1",
          "127.1",
          "127.0.0.1.",
          "2130706433",
          "0x7f000001",
          "0x7f.1",
          "0177.0.0.1",
          "017700000001",
          "0.0.0.0",
          "0",
          "localhost",
          "localhost.",
          "LOCALHOST",
          "[::1]",
          "[::]",
          "[::ffff:127.0.0.1]",
          "[::ffff:7f00:1]",
          "127。0。0。1",
          "１２７.0.0.1",
          "ⓛocalhost",
        })
    void neverConnectsToThisMachine(String host) throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));
      VettedHttp http = http();
      SourceUrl url = SourceUrl.parse(server.at(host, "/a.zip?sig=secret"));

      FetchFailure failure = failure(http, url);

      assertThat(failure).isEqualTo(new FetchFailure.Unreachable(url));
      assertThat(server.asked).isEmpty();
    }

    @Test
    void opensNoConnectionToWhatItRefuses() throws Exception {
      try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        listener.setSoTimeout(1);
        SourceUrl url = SourceUrl.parse("http://127.0.0.1:" + listener.getLocalPort() + "/");

        failure(http(), url);

        Assertions.assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(listener::accept);
      }
    }

    @Test
    void readsTheSameForARefusedAddressAsForANameThatDoesNotExist() throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));
      VettedHttp http = http();

      var refused = failure(http, server.url("/x"));
      var closedPort = failure(http, SourceUrl.parse("http://127.0.0.1:1/x"));
      var unknown = failure(http, SourceUrl.parse("http://nowhere.invalid/x"));

      String sentence = unknown.message().replace("http://nowhere.invalid/x", "URL");
      assertThat(refused.message().replace(server.url("/x").shown(), "URL")).isEqualTo(sentence);
      assertThat(closedPort.message().replace("http://127.0.0.1:1/x", "URL")).isEqualTo(sentence);
      assertThat(List.of(refused, closedPort, unknown))
          .allSatisfy(failure -> {
            assertThat(failure.type()).isEqualTo("source.unreachable");
            assertThat(failure.status()).isEqualTo(400);
            assertThat(failure.retry()).isEqualTo(Retry.LATER);
          });
    }

    @Test
    void tellsOfAClosedPortOnlyWhereTheOperatorLetItConnect() {
      SourceUrl url = SourceUrl.parse("http://127.0.0.1:1/x");

      assertThat(failure(http("127.0.0.1/32"), url)).isEqualTo(new FetchFailure.Unreachable(url));
    }

    @Test
    void refusesItsOwnPortWhateverIsAllowed() throws Exception {
      LoopbackServer own = open(LoopbackServer.serving(BODY));
      LoopbackServer other = open(LoopbackServer.serving(BODY));
      ownPorts.add(own.port());
      VettedHttp http = http("127.0.0.0/8", "::/0", "127.0.0.1/32:" + own.port());

      for (String host : List.of("127.0.0.1", "127.0.0.2", "[::1]", "localhost")) {
        assertThat(failure(http, SourceUrl.parse(own.at(host, "/"))).type())
            .isEqualTo("source.unreachable");
      }
      assertThat(own.asked).isEmpty();
      assertThat(read(http, other.url("/"))).isEqualTo(BODY);
    }

    @Test
    void opensOnlyThePortThatIsAllowed() throws Exception {
      LoopbackServer allowed = open(LoopbackServer.serving(BODY));
      LoopbackServer other = open(LoopbackServer.serving(BODY));
      VettedHttp http = http("127.0.0.1/32:" + allowed.port());

      assertThat(read(http, allowed.url("/"))).isEqualTo(BODY);
      assertThat(failure(http, other.url("/")).type()).isEqualTo("source.unreachable");
      assertThat(other.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost."})
    void fetchesFromAnAllowedAddressInAnySpelling(String host) throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));

      assertThat(read(http("127.0.0.1/32"), SourceUrl.parse(server.at(host, "/")))).isEqualTo(BODY);
    }

    @Test
    void connectsToTheVeryAddressThatWasVetted() throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));
      var lookups = new AtomicInteger();
      // A name that is harmless when it is vetted and this machine when it is asked for again.
      VettedHttp http =
          open(
              new VettedHttp(
                  settings("127.0.0.1/32"),
                  ownPorts,
                  _ ->
                      List.of(
                          InetAddress.ofLiteral(
                              lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"))));
      SourceUrl url = SourceUrl.parse(server.at("rebinding.example", "/"));

      try (Fetched first = http.get(url, FetchRequest.whole())) {
        assertThat(lookups).hasValue(1);
        assertThat(first.status()).isEqualTo(200);
        // While the first connection is in use a second one is opened, and vetted anew.
        assertThat(failure(http, url)).isEqualTo(new FetchFailure.Unreachable(url));
      }
      assertThat(server.asked).hasSize(1);
    }

    @Test
    void goesThroughNoProxyOfTheSystem() throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));
      LoopbackServer proxy = open(LoopbackServer.serving(new byte[0]));
      List<String> names =
          List.of(
              "http.proxyHost",
              "http.proxyPort",
              "socksProxyHost",
              "socksProxyPort",
              "http.nonProxyHosts",
              "socksNonProxyHosts");
      String port = String.valueOf(proxy.port());
      List<String> values = List.of("127.0.0.1", port, "127.0.0.1", port, "", "");
      try {
        for (int i = 0; i < names.size(); i++) {
          System.setProperty(names.get(i), values.get(i));
        }
        assertThat(read(http("127.0.0.1/32"), server.url("/"))).isEqualTo(BODY);
      } finally {
        names.forEach(System::clearProperty);
      }
      assertThat(proxy.asked).isEmpty();
    }
  }

  @Nested
  class Requests {

    @Test
    void sendNothingButWhatIsNeeded() throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));

      read(http("127.0.0.1/32"), server.url("//a%2Fb/c.zip?X-Amz-Signature=a%2Fb%3D"));

      LoopbackServer.Asked asked = server.asked.getFirst();
      assertThat(asked.target()).isEqualTo("//a%2Fb/c.zip?X-Amz-Signature=a%2Fb%3D");
      assertThat(asked.headers().keySet())
          .containsExactlyInAnyOrder("Host", "Accept-encoding", "User-agent", "Connection");
      assertThat(asked.headers().getFirst("Accept-Encoding")).isEqualTo("identity");
      assertThat(asked.headers().getFirst("User-Agent")).startsWith("Darkroom/");
      assertThat(asked.headers().getFirst("Host")).isEqualTo("127.0.0.1:" + server.port());
    }

    @Test
    void carryTheRangeAndTheETag() throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> {
                exchange.getResponseHeaders().set("Content-Range", "bytes 2-5/10");
                exchange.getResponseHeaders().set("ETag", "\"v1\"");
                exchange.getResponseHeaders().set("Last-Modified", "some day");
                exchange.getResponseHeaders().set("Content-Type", "application/zip");
                LoopbackServer.answer(exchange, 206, "2345".getBytes(US_ASCII));
              }));
      var request = new FetchRequest(new ByteRange(2, 5), "\"v1\"", null);

      try (Fetched fetched = http("127.0.0.1/32").get(server.url("/"), request)) {
        assertThat(fetched.status()).isEqualTo(206);
        assertThat(fetched.contentRange()).contains(new ContentRange(2, 5, 10));
        assertThat(fetched.etag()).contains("\"v1\"");
        assertThat(fetched.lastModified()).contains("some day");
        assertThat(fetched.contentType()).contains("application/zip");
        assertThat(fetched.header("content-TYPE")).contains("application/zip");
        assertThat(fetched.header("x-none")).isEmpty();
        assertThat(fetched.bodyLength()).isEqualTo(4);
        assertThat(fetched.body().readAllBytes()).asString(US_ASCII).isEqualTo("2345");
      }
      assertThat(server.asked.getFirst().headers().getFirst("Range")).isEqualTo("bytes=2-5");
      assertThat(server.asked.getFirst().headers().getFirst("If-Match")).isEqualTo("\"v1\"");
    }

    @Test
    void leaveACompressedBodyAsItIs() throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                LoopbackServer.answer(exchange, 200, BODY);
              }));

      assertThat(read(http("127.0.0.1/32"), server.url("/"))).isEqualTo(BODY);
    }

    @Test
    void bringNoCookieBack() throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> {
                exchange.getResponseHeaders().set("Set-Cookie", "a=b; Path=/");
                LoopbackServer.answer(exchange, 200, BODY);
              }));
      VettedHttp http = http("127.0.0.1/32");

      read(http, server.url("/"));
      read(http, server.url("/"));

      assertThat(server.asked).hasSize(2).noneMatch(each -> each.headers().containsKey("Cookie"));
    }

    @Test
    void tellWhenTheLengthIsUnknown() throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(BODY);
              }));

      try (Fetched fetched = http("127.0.0.1/32").get(server.url("/"), FetchRequest.whole())) {
        assertThat(fetched.bodyLength()).isEqualTo(-1);
        assertThat(fetched.body().readAllBytes()).isEqualTo(BODY);
      }
    }

    @Test
    void useAConnectionAgainWhoseBodyWasReadToItsLastByte() throws Exception {
      LoopbackServer server = open(LoopbackServer.serving(BODY));
      VettedHttp http = http("127.0.0.1/32");

      for (int i = 0; i < 3; i++) {
        try (Fetched fetched = http.get(server.url("/"), FetchRequest.whole())) {
          assertThat(fetched.body().readNBytes(BODY.length)).isEqualTo(BODY);
        }
      }

      assertThat(server.asked)
          .extracting(LoopbackServer.Asked::clientPort)
          .hasSize(3)
          .containsOnly(server.asked.getFirst().clientPort());
    }

    @Test
    void doNotMixWhenManyThreadsSendThem() throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange ->
                  LoopbackServer.answer(
                      exchange, 200, exchange.getRequestURI().getPath().getBytes(US_ASCII))));
      VettedHttp http = http("127.0.0.1/32");

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          SourceUrl url = server.url("/" + i);
          tasks.add(() -> new String(read(http, url), US_ASCII));
        }
        List<String> bodies = new ArrayList<>();
        for (Future<String> each : threads.invokeAll(tasks)) {
          bodies.add(each.get());
        }
        assertThat(bodies).hasSize(500);
        for (int i = 0; i < 500; i++) {
          assertThat(bodies.get(i)).isEqualTo("/" + i);
        }
      }
    }
  }

  @Nested
  class Redirects {

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void areFollowedWithTheSameHeaders(int status) throws Exception {
      LoopbackServer target = open(LoopbackServer.serving(BODY));
      LoopbackServer first =
          open(
              new LoopbackServer(exchange -> {
                exchange.getResponseHeaders().set("Location", target.at("localhost", "/b?s=1"));
                exchange.getResponseHeaders().set("Set-Cookie", "a=b");
                LoopbackServer.answer(exchange, status, "moved".getBytes(US_ASCII));
              }));
      var request = new FetchRequest(new ByteRange(0, 9), "\"v1\"", null);

      try (Fetched fetched = http("127.0.0.1/32").get(first.url("/a?sig=secret"), request)) {
        assertThat(fetched.body().readAllBytes()).isEqualTo(BODY);
      }

      LoopbackServer.Asked asked = target.asked.getFirst();
      assertThat(asked.target()).isEqualTo("/b?s=1");
      assertThat(asked.headers().keySet())
          .containsExactlyInAnyOrder(
              "Host", "Accept-encoding", "User-agent", "Connection", "Range", "If-match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2130706433", "[::1]", "localhost", "[::ffff:127.0.0.1]"})
    void toAPrivateAddressAreRefused(String host) throws Exception {
      LoopbackServer hidden = open(LoopbackServer.serving(BODY));
      LoopbackServer first = open(LoopbackServer.redirecting(hidden.at(host, "/admin")));
      VettedHttp http = http("127.0.0.1/32:" + first.port());

      FetchFailure failure = failure(http, first.url("/a.zip?sig=secret"));

      assertThat(failure).isInstanceOf(FetchFailure.Unreachable.class);
      assertThat(failure.message()).contains(first.url("/a.zip").shown()).doesNotContain("admin");
      assertThat(first.asked).hasSize(1);
      assertThat(hidden.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "http://u:p@h/", "gopher://x"})
    void toAnythingButAUrlToFetchFromAreRefused(String location) throws Exception {
      LoopbackServer first = open(LoopbackServer.redirecting(location));
      SourceUrl url = first.url("/a.zip");

      FetchFailure failure = failure(http("127.0.0.1/32"), url);

      assertThat(failure).isEqualTo(new FetchFailure.BadRedirect(url));
      assertThat(failure.message()).doesNotContain(location);
    }

    @Test
    void areFollowedAsOftenAsTheSettingsSay() throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> {
                int left = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
                if (left == 0) {
                  LoopbackServer.answer(exchange, 200, BODY);
                } else {
                  exchange.getResponseHeaders().set("Location", String.valueOf(left - 1));
                  LoopbackServer.answer(exchange, 302, new byte[0]);
                }
              }));
      VettedHttp http = http("127.0.0.1/32");

      assertThat(read(http, server.url("/5"))).isEqualTo(BODY);

      SourceUrl url = server.url("/6");
      FetchFailure failure = failure(http, url);
      assertThat(failure).isEqualTo(new FetchFailure.TooManyRedirects(url, 5));
      assertThat(failure.limit()).isEqualTo(5);
    }

    @Test
    void inACircleEnd() throws Exception {
      LoopbackServer server = open(LoopbackServer.redirecting("/again"));

      assertThat(failure(http("127.0.0.1/32"), server.url("/")).type())
          .isEqualTo("source.too-many-redirects");
      assertThat(server.asked).hasSize(6);
    }

    @Test
    void withoutALocationAreABadStatus() throws Exception {
      LoopbackServer server =
          open(new LoopbackServer(exchange -> LoopbackServer.answer(exchange, 302, BODY)));
      SourceUrl url = server.url("/");

      assertThat(failure(http("127.0.0.1/32"), url))
          .isEqualTo(new FetchFailure.BadStatus(url, 302, null, false));
    }
  }

  @Nested
  class Statuses {

    @ParameterizedTest
    @CsvSource({
      "400, NEVER", "401, NEVER", "403, NEVER", "404, NEVER", "410, NEVER", "412, NEVER",
      "416, NEVER", "304, NEVER", "408, LATER", "425, LATER", "429, LATER", "500, LATER",
      "502, LATER", "503, LATER",
    })
    void areRetriedWhenTheyMayPass(int status, Retry retry) throws Exception {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> LoopbackServer.answer(exchange, status, new byte[0])));
      SourceUrl url = server.url("/a.zip?sig=secret");

      FetchFailure failure = failure(http("127.0.0.1/32"), url);

      assertThat(failure).isEqualTo(new FetchFailure.BadStatus(url, status, null, false));
      assertThat(failure.retry()).isEqualTo(retry);
      assertThat(failure.status()).isEqualTo(400);
      assertThat(failure.message()).contains("answered " + status).doesNotContain("secret");
    }

    @Test
    void tellThePauseThatTheSourceAsksFor() throws Exception {
      assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
      // The year 2100, by the clock of the server's Date header.
      assertThat(retryAfter("Fri, 01 Jan 2100 00:00:00 GMT")).isGreaterThan(Duration.ofDays(365));
      assertThat(retryAfter("later")).isNull();
    }

    private @Nullable Duration retryAfter(String header) throws IOException {
      LoopbackServer server =
          open(
              new LoopbackServer(exchange -> {
                exchange.getResponseHeaders().set("Retry-After", header);
                LoopbackServer.answer(exchange, 429, new byte[0]);
              }));
      return ((FetchFailure.BadStatus) failure(http("127.0.0.1/32"), server.url("/"))).retryAfter();
    }

    @Test
    void ofAnExpiredSignatureSaySo() throws Exception {
      byte[] xml =
          "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
              .getBytes(US_ASCII);
      LoopbackServer server =
          open(new LoopbackServer(exchange -> LoopbackServer.answer(exchange, 403, xml)));
      SourceUrl url = server.url("/a.zip?sig=secret");

      FetchFailure failure = failure(http("127.0.0.1/32"), url);

      assertThat(failure).isEqualTo(new FetchFailure.BadStatus(url, 403, null, true));
      assertThat(failure.message()).contains("expired").doesNotContain("secret");
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private VettedHttp http(String... allowed) {
    return open(new VettedHttp(settings(allowed), ownPorts));
  }

  private static FetchSettings settings(String... allowed) {
    return new FetchSettings(List.of(allowed), Duration.ofSeconds(5), Duration.ofSeconds(5), 5);
  }

  private static byte[] read(VettedHttp http, SourceUrl url) throws IOException {
    try (Fetched fetched = http.get(url, FetchRequest.whole())) {
      return fetched.body().readAllBytes();
    }
  }

  private static FetchFailure failure(VettedHttp http, SourceUrl url) {
    FailureException thrown =
        Assertions.catchThrowableOfType(
            FailureException.class, () -> http.get(url, FetchRequest.whole()).close());
    return (FetchFailure) Objects.requireNonNull(thrown).failure();
  }
}
