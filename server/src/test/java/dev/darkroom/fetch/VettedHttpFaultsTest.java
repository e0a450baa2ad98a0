package dev.darkroom.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the sources of this world do wrong. The timeouts of these fetches are either very short, to
/// be reached, or longer than a test may take, to be stayed clear of.
@Timeout(20)
class VettedHttpFaultsTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789",
        "HTTP/1.1 206 Partial\r\nContent-Length: 11\r\n\r\n0123456789",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n0123456789",
      })
  void tellsABodyThatBreaksOffFromAWholeOne(String answer) throws Exception {
    RawServer server = open(RawServer.closingAfter(answer));
    SourceUrl url = server.url("/a.zip?sig=secret");

    try (Fetched fetched = http(LONG).get(url, FetchRequest.whole())) {
      assertThat(fetched.body().readNBytes(10)).asString(US_ASCII).isEqualTo("0123456789");
      FetchFailure failure = failure(() -> fetched.body().read());

      assertThat(failure).isEqualTo(new FetchFailure.ConnectionLost(url));
      assertThat(failure.retry()).isEqualTo(Retry.LATER);
      assertThat(failure.message()).doesNotContain("secret");
    }
  }

  @Test
  void tellsAConnectionThatEndsBeforeTheAnswer() throws Exception {
    RawServer server = open(RawServer.closingAfter(""));
    SourceUrl url = server.url("/");

    assertThat(failureOf(http(LONG), url)).isEqualTo(new FetchFailure.ConnectionLost(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
      })
  void tellsWhatIsNoHttpServer(String answer) throws Exception {
    RawServer server = open(RawServer.closingAfter(answer));
    SourceUrl url = server.url("/");

    FetchFailure failure = failureOf(http(LONG), url);

    assertThat(failure).isEqualTo(new FetchFailure.NotHttp(url));
    assertThat(failure.retry()).isEqualTo(Retry.LATER);
  }

  @Test
  void readsNoEndlessHeaders() throws Exception {
    RawServer line = open(RawServer.silentAfter("HTTP/1.1 200 OK\r\nX: " + "a".repeat(100_000)));
    RawServer lines = open(RawServer.silentAfter("HTTP/1.1 200 OK\r\n" + "X: a\r\n".repeat(1_000)));

    for (RawServer server : List.of(line, lines)) {
      SourceUrl url = server.url("/");
      assertThat(failureOf(http(LONG), url)).isEqualTo(new FetchFailure.NotHttp(url));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Le"})
  void stopsWaitingForAnAnswer(String answer) throws Exception {
    RawServer server = open(RawServer.silentAfter(answer));
    SourceUrl url = server.url("/a.zip?sig=secret");

    FetchFailure failure = failureOf(http(SHORT), url);

    assertThat(failure).isEqualTo(new FetchFailure.TimedOut(url, SHORT));
    assertThat(failure.retry()).isEqualTo(Retry.LATER);
    assertThat(failure.message()).contains("0.2 s").doesNotContain("secret");
  }

  @Test
  void stopsWaitingForTheRestOfABody() throws Exception {
    RawServer server =
        open(RawServer.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789"));
    SourceUrl url = server.url("/");

    try (Fetched fetched = http(SHORT).get(url, FetchRequest.whole())) {
      assertThat(failure(() -> fetched.body().readAllBytes()))
          .isEqualTo(new FetchFailure.TimedOut(url, SHORT));
    }
  }

  @Test
  void stopsAtTheDeadlineBeforeAnAnswer() throws Exception {
    RawServer server = open(RawServer.silentAfter("HTTP/1.1 200 OK\r\n"));
    SourceUrl url = server.url("/");

    assertThat(failure(() -> http(LONG).get(url, within(SHORT))))
        .isEqualTo(new FetchFailure.TimedOut(url, SHORT));
  }

  @Test
  void stopsAtTheDeadlineAfterARedirect() throws Exception {
    RawServer silent = open(RawServer.silentAfter(""));
    LoopbackServer first = open(LoopbackServer.redirecting(silent.url("/").full().toString()));
    SourceUrl url = first.url("/");

    assertThat(failure(() -> http(LONG).get(url, within(SHORT))))
        .isEqualTo(new FetchFailure.TimedOut(url, SHORT));
  }

  @Test
  void stopsAtTheDeadlineBeforeTheFirstBytes() throws Exception {
    RawServer server =
        open(RawServer.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789"));
    SourceUrl url = server.url("/");

    try (Fetched fetched = http(LONG).get(url, within(SHORT))) {
      assertThat(failure(() -> fetched.body().readNBytes(11)))
          .isEqualTo(new FetchFailure.TimedOut(url, SHORT));
    }
  }

  @Test
  void stopsAtTheDeadlineWhileANameIsLookedUp() throws Exception {
    var never = new CountDownLatch(1);
    VettedHttp http =
        open(
            new VettedHttp(
                settings(LONG),
                new OwnPorts(),
                host -> {
                  awaitUninterrupted(never);
                  throw new UnknownHostException(host);
                }));
    SourceUrl url = SourceUrl.parse("http://slow.example/");

    assertThat(failure(() -> http.get(url, within(SHORT))))
        .isEqualTo(new FetchFailure.TimedOut(url, SHORT));
    never.countDown();
  }

  @Test
  void takesANameThatIsNotFoundInTimeForOneThatIsNot() throws Exception {
    var never = new CountDownLatch(1);
    VettedHttp http =
        open(
            new VettedHttp(
                new FetchSettings(List.of(), SHORT, LONG, 5),
                new OwnPorts(),
                host -> {
                  awaitUninterrupted(never);
                  return List.of(InetAddress.ofLiteral("8.8.8.8"));
                }));
    SourceUrl url = SourceUrl.parse("http://slow.example/");

    assertThat(failureOf(http, url)).isEqualTo(new FetchFailure.Unreachable(url));
    never.countDown();
  }

  @Test
  void leavesABodyAloneOnceItsFirstBytesAreThere() throws Exception {
    byte[] firstBytes = new byte[Fetched.FIRST_BYTES];
    var rest = new CountDownLatch(1);
    RawServer server =
        open(
            new RawServer(out -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 16386\r\n\r\n".getBytes(US_ASCII));
              out.write(firstBytes);
              rest.await();
              out.write("ok".getBytes(US_ASCII));
            }));

    try (Fetched fetched = http(LONG).get(server.url("/"), within(SHORT))) {
      assertThat(fetched.body().readNBytes(firstBytes.length)).isEqualTo(firstBytes);
      letPass(SHORT.multipliedBy(2));
      rest.countDown();
      assertThat(fetched.body().readAllBytes()).asString(US_ASCII).isEqualTo("ok");
    }
  }

  @Test
  void cutsOffABodyThatIsClosedEarly() throws Exception {
    long announced = 5_000_000_000L;
    var sent = new AtomicLong();
    var cutOff = new CompletableFuture<Long>();
    RawServer server =
        open(
            new RawServer(out -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                      .formatted(announced)
                      .getBytes(US_ASCII));
              byte[] block = new byte[64 * 1024];
              try {
                while (sent.get() < announced) {
                  out.write(block);
                  sent.addAndGet(block.length);
                }
              } catch (IOException _) {
                cutOff.complete(sent.get());
              }
            }));

    try (Fetched fetched = http(LONG).get(server.url("/"), FetchRequest.whole())) {
      assertThat(fetched.bodyLength()).isEqualTo(announced);
      assertThat(fetched.body().readNBytes(1000)).hasSize(1000);
    }

    // What the buffers of both sides hold, and no more.
    assertThat(cutOff.get(10, TimeUnit.SECONDS)).isLessThan(100_000_000);
  }

  @Test
  void closesAtOnceWhereTheSourceStalls() throws Exception {
    RawServer server =
        open(RawServer.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789"));

    // Draining would take LONG, and the timeout of this class is shorter.
    try (Fetched fetched = http(LONG).get(server.url("/"), FetchRequest.whole());
        InputStream body = fetched.body()) {
      assertThat(body.readNBytes(10)).hasSize(10);
    }
  }

  @Test
  void usesNoConnectionThatTheSourceHasDropped() throws Exception {
    RawServer server =
        open(RawServer.closingAfter("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    VettedHttp http = http(LONG);

    for (int i = 1; i <= 3; i++) {
      try (Fetched fetched = http.get(server.url("/"), FetchRequest.whole())) {
        assertThat(fetched.body().readAllBytes()).asString(US_ASCII).isEqualTo("ok");
      }
      server.awaitDropped(i);
      letPass(Duration.ofMillis(5)); // The client's clock for idle connections ticks in these.
    }
  }

  @Test
  void leavesNoConnectionBehindWhenItFails() throws Exception {
    LoopbackServer server =
        open(new LoopbackServer(exchange -> LoopbackServer.answer(exchange, 404, new byte[9])));
    VettedHttp http = http(LONG);

    // More than may be open at a time: a leak would wait for ever.
    for (int i = 0; i < 40; i++) {
      assertThat(failureOf(http, server.url("/")).type()).isEqualTo("source.bad-status");
    }
  }

  @Test
  void trustsNoCertificateOfUnknownOrigin(@TempDir Path folder) throws Exception {
    try (TlsServer server = new TlsServer(folder)) {
      SourceUrl url = SourceUrl.parse("https://localhost:" + server.port() + "/a.zip?sig=secret");

      FetchFailure failure = failureOf(http(LONG), url);

      assertThat(failure).isEqualTo(new FetchFailure.Untrusted(url));
      assertThat(failure.message()).doesNotContain("secret");
      assertThat(server.requests()).isZero();
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private VettedHttp http(Duration idleTimeout) {
    return open(new VettedHttp(settings(idleTimeout), new OwnPorts()));
  }

  private static FetchSettings settings(Duration idleTimeout) {
    return new FetchSettings(List.of("127.0.0.1/32"), LONG, idleTimeout, 5);
  }

  private static FetchRequest within(Duration deadline) {
    return new FetchRequest(null, null, deadline);
  }

  private static void letPass(Duration duration) throws InterruptedException {
    var passed = new CountDownLatch(1);
    try (var deadline = new Deadline(duration)) {
      deadline.watch(() -> {
        passed.countDown();
        return true;
      });
      passed.await();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // As the system's resolver, which nothing interrupts.
      }
    }
  }

  private static FetchFailure failureOf(VettedHttp http, SourceUrl url) {
    return failure(() -> http.get(url, FetchRequest.whole()));
  }

  private static FetchFailure failure(ThrowingCallable fetch) {
    FailureException thrown = Assertions.catchThrowableOfType(FailureException.class, fetch);
    return (FetchFailure) Objects.requireNonNull(thrown).failure();
  }
}
