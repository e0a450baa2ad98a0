package dev.darkroom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The client as a process of its own, with both its outputs in one.
final class CommandProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final StringBuilder seen = new StringBuilder();

  private CommandProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static CommandProcess start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Ddarkroom.home=" + home));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("DARKROOM_") || name.startsWith("XDG_"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start());
  }

  /// Reads on until a line holds the text, and gives that line.
  String awaitLine(String text) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(text)) return line;
    }
    throw new AssertionError("no line with '" + text + "' in:\n" + seen);
  }

  /// Everything that was written, once the process has ended.
  String rest() throws IOException {
    output.lines().forEach(line -> seen.append(line).append('\n'));
    return seen.toString();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("still running:\n" + seen);
    return process.exitValue();
  }

  /// What Ctrl-C does, but for the number of the signal.
  void terminate() {
    process.destroy();
  }

  /// What nothing can be done against.
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
