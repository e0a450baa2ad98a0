package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import dev.darkroom.cli.FakeDarkroom.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

  @Test
  void exitsWithZeroWhenEveryImageIsIn() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.allGood(48)))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12")).isEqualTo(0);
      assertThat(typed.out()).contains("= images          48");
      assertThat(typed.err()).isEmpty();
    }
  }

  @Test
  void exitsWithTwoWhenSomeImagesFailed() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.completed()))) {
      assertThat(Typed.inAScript().runAt(server, "status", "12")).isEqualTo(2);
    }
  }

  @Test
  void exitsWithTwoWhenSomeCaptionsFailed() {
    var status = Statuses.allGood(3);
    status.getObject("captions").put("failed", 1);
    try (var server = FakeDarkroom.start(Statuses.answers(status))) {
      assertThat(Typed.inAScript().runAt(server, "status", "12")).isEqualTo(2);
    }
  }

  @Test
  void exitsWithOneWhenTheJobFailed() {
    try (var server = FakeDarkroom.start(Statuses.answers(Statuses.failed()))) {
      assertThat(Typed.inAScript().runAt(server, "status", "12")).isEqualTo(1);
    }
  }

  @Test
  void asksOnceUnlessToldToWatch() {
    try (var server =
        FakeDarkroom.start(Statuses.answers(Statuses.going(41, 48, 20, 0), Statuses.allGood(48)))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12")).isEqualTo(0);
      assertThat(server.requests()).hasSize(1);
      assertThat(typed.out()).contains("the upload is at 41 %");
    }
  }

  @Test
  void watchesUntilTheUploadIsFinal() {
    try (var server =
        FakeDarkroom.start(
            Statuses.answers(
                Statuses.pending(), Statuses.going(41, 48, 20, 0), Statuses.allGood(48)))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12", "--watch")).isEqualTo(0);
      assertThat(typed.err().lines())
          .containsExactly(
              "0%, no images yet, 0 failed, 0.0 images/s, waiting",
              "41%, 20/48 images, 0 failed, 66.7 images/s, ETA 0:01, ingesting",
              "100%, 48/48 images, 0 failed, 80.0 images/s, finished");
      assertThat(typed.pauses()).containsOnly(Duration.ofMillis(300));
    }
  }

  @Test
  void writesALogLineEachTenPercentOrFiveSeconds() {
    var answers = new Answer[21];
    for (int i = 0; i < 20; i++) answers[i] = Statuses.answers(Statuses.going(41, 48, 20, 0))[0];
    answers[20] = Statuses.answers(Statuses.allGood(48))[0];
    try (var server = FakeDarkroom.start(answers)) {
      var typed = Typed.inAScript();
      typed.runAt(server, "status", "12", "--watch");
      // 20 polls at 41 % take 5.7 s: the first one, the one after 5.1 s, and the end.
      assertThat(typed.err().lines()).hasSize(3);
    }
  }

  @Test
  void redrawsOneLineAtATerminal() {
    try (var server =
        FakeDarkroom.start(Statuses.answers(Statuses.going(41, 48, 20, 0), Statuses.allGood(48)))) {
      var typed = Typed.atATerminal();
      typed.runAt(server, "status", "12", "--watch");
      assertThat(typed.err()).doesNotContain("\n").contains("\r[", "█", " 41%", "100%");
      assertThat(typed.err()).endsWith("\r\u001b[K");
      assertThat(typed.out()).startsWith("Dataset 12: the upload is completed");
    }
  }

  @Test
  void printsExactlyTheServersBodyAsJson() {
    String body =
        "{ \"status\" : \"completed\",\n \"done\": 1, \"extra\": \"\u001f é 写\" }"
            .replace("\u001f", "\\u001b");
    try (var server = FakeDarkroom.start(Answer.ok(body))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12", "--json")).isEqualTo(0);
      assertThat(typed.out()).isEqualTo(body);
    }
  }

  @Test
  void printsTheLastBodyOnlyWhenItWatches() {
    String last = JsonWriter.string(Statuses.completed());
    try (var server =
        FakeDarkroom.start(Statuses.answers(Statuses.going(41, 48, 20, 0), Statuses.completed()))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12", "--watch", "--json")).isEqualTo(2);
      assertThat(typed.out()).isEqualTo(last);
    }
  }

  @Test
  void tellsTheServersErrorInTwoLines() {
    try (var server = FakeDarkroom.start()) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "99")).isEqualTo(1);
      assertThat(typed.out()).isEmpty();
      assertThat(typed.err())
          .isEqualTo(
              "darkroom: There is no such dataset.\n  HTTP 404, dataset.not-found, request req-1\n");
    }
  }

  @Test
  void tellsThatTheTokenIsWrong() {
    try (var server = FakeDarkroom.start()) {
      var typed = Typed.inAScript();
      assertThat(typed.run("status", "12", "--watch", "--server", server.url(), "--token", "x"))
          .isEqualTo(1);
      assertThat(typed.err())
          .isEqualTo(
              "darkroom: The API token is not known.\n  HTTP 401, auth.unknown-token, request req-1\n");
    }
  }

  @Test
  void readsAnErrorThatIsNoJson() {
    try (var server = FakeDarkroom.start(new Answer(502, "<html>Bad Gateway</html>", ""))) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12")).isEqualTo(1);
      assertThat(typed.err()).isEqualTo("darkroom: The server answered HTTP 502.\n  HTTP 502\n");
    }
  }

  @Test
  void saysThatAnAnswerIsNotOfADarkroom() {
    for (String body : new String[] {"hello", "[]", "{}", "{\"status\":\"confused\"}"}) {
      try (var server = FakeDarkroom.start(Answer.ok(body))) {
        var typed = Typed.inAScript();
        assertThat(typed.runAt(server, "status", "12")).isEqualTo(1);
        assertThat(typed.err()).contains("Is that a Darkroom server?").hasLineCount(1);
      }
    }
  }

  @Test
  void saysHowToStartAServerWhenNoneAnswers() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var typed = Typed.inAScript();
    assertThat(typed.run("status", "12", "--token", "t", "--server", "http://127.0.0.1:" + free))
        .isEqualTo(1);
    assertThat(typed.err()).contains("No server answers at", "./darkroom serve").hasLineCount(2);
  }

  @Test
  void outlivesARestartOfTheServer() {
    var first = FakeDarkroom.start(Statuses.answers(Statuses.going(41, 48, 20, 0)));
    int port = first.port();
    var second = new FakeDarkroom[1];
    var typed = Typed.inAScript();
    typed.onPause(() -> {
      if (typed.pauses().size() == 1) first.close();
      if (typed.pauses().size() == 5) {
        second[0] =
            FakeDarkroom.startAt(port, FakeDarkroom.TOKEN, Statuses.answers(Statuses.allGood(48)));
      }
    });
    assertThat(typed.runAt(first, "status", "12", "--watch")).isEqualTo(0);
    assertThat(typed.err())
        .containsOnlyOnce("The server does not answer. Trying again for 30 s.")
        .containsOnlyOnce("The server is back.");
    second[0].close();
  }

  @Test
  void givesUpWhenTheServerStaysAwayForThirtySeconds() {
    var server = FakeDarkroom.start(Statuses.answers(Statuses.going(41, 48, 20, 0)));
    var typed = Typed.inAScript().onPause(server::close);
    assertThat(typed.runAt(server, "status", "12", "--watch")).isEqualTo(1);
    assertThat(typed.err()).contains("No server answers at");
    assertThat(typed.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));
  }

  @Test
  void waitsAsLongAsABusyServerAsks() {
    var busy = FakeDarkroom.error(429, "api.rate-limited", "Too many requests.");
    try (var server =
        FakeDarkroom.start(
            new Answer(busy.status(), busy.body(), "7"),
            Statuses.answers(Statuses.allGood(48))[0])) {
      var typed = Typed.inAScript();
      assertThat(typed.runAt(server, "status", "12", "--watch")).isEqualTo(0);
      assertThat(typed.pauses()).containsExactly(Duration.ofSeconds(7));
      assertThat(typed.err()).contains("Too many requests.", "Trying again");
    }
  }
}
