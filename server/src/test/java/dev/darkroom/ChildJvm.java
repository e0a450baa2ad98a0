package dev.darkroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java program of the tests' class path in a process of its own, for what only a process can do:
/// be killed, hold a lock against another, run as another user.
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static ChildJvm start(Class<?> main, String... arguments) {
    return start(List.of(), System.getProperty("java.class.path"), main, arguments);
  }

  /// Starts behind `prefix`, the words that go before a command.
  public static ChildJvm start(
      List<String> prefix, String classPath, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads on until a line has `text` in it, and gives that line.
  public String awaitLine(String text) {
    var read = new StringBuilder();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.contains(text)) return line;
        read.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("the child ended without '" + text + "': " + read);
  }

  public long pid() {
    return process.pid();
  }

  /// As `kill -9` does.
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// As `kill` does, and gives the exit code.
  public int terminate() {
    end();
    return awaitExit();
  }

  /// As `kill` does, which Java's own way would close the output with.
  public void end() {
    process.toHandle().destroy();
  }

  /// Stops the process where it is, as `kill -STOP` does, until [#wake].
  public void pause() {
    signal("STOP");
  }

  public void wake() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) throw new AssertionError("no signal " + name + " could be sent");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int awaitExit() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("the child runs on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
