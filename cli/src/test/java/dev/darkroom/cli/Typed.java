package dev.darkroom.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A command line typed in a test: its exit code and what it wrote. Time flies: a pause takes none,
/// but the clock moves by it.
final class Typed implements Pacing {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Duration> pauses = new ArrayList<>();
  private final boolean interactive;
  private Duration now = Duration.ofHours(1);
  private Runnable onPause = () -> {};

  private Typed(boolean interactive) {
    this.interactive = interactive;
  }

  static Typed atATerminal() {
    return new Typed(true);
  }

  static Typed inAScript() {
    return new Typed(false);
  }

  Typed onPause(Runnable action) {
    this.onPause = action;
    return this;
  }

  int run(String... arguments) {
    var terminal = new Terminal(print(out), print(err), interactive, true, () -> 80);
    return Main.run(terminal, this, arguments);
  }

  /// With the server's address and the right token.
  int runAt(FakeDarkroom server, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", server.url(), "--token", FakeDarkroom.TOKEN));
    return run(all.toArray(String[]::new));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  List<Duration> pauses() {
    return pauses;
  }

  @Override
  public Duration elapsed() {
    return now;
  }

  @Override
  public void pause(Duration time) {
    pauses.add(time);
    now = now.plus(time);
    onPause.run();
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
