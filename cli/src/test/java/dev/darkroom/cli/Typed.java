package dev.darkroom.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A command line typed in a test: its exit code and what it wrote. Time flies: a pause takes none,
/// but the clock moves by it.
final class Typed implements Pacing {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Duration> pauses = new ArrayList<>();
  private final boolean interactive;
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/nowhere"));
  private final Deque<String> answers = new ArrayDeque<>();
  private Duration now = Duration.ofHours(1);
  private Runnable onPause = () -> {};

  private OutputStream results = out;

  private Typed(boolean interactive) {
    this.interactive = interactive;
  }

  static Typed atATerminal() {
    return new Typed(true);
  }

  static Typed inAScript() {
    return new Typed(false);
  }

  /// A variable of the environment; there is no other but HOME.
  Typed with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /// What the person types when asked.
  Typed answering(String line) {
    answers.add(line);
    return this;
  }

  /// What the command writes to standard output goes to a disk that is full.
  Typed intoAFullDisk() {
    results =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    return this;
  }

  Typed onPause(Runnable action) {
    this.onPause = action;
    return this;
  }

  int run(String... arguments) {
    var terminal =
        new Terminal(
            print(results), print(err), interactive, true, false, () -> 80, () -> answers.poll());
    return Main.run(new Surroundings(terminal, this, environment), arguments);
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

  private static PrintStream print(OutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
