package dev.darkroom.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server as a child process, ended by its process id together with what it started.
final class ServerProcess implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);
  private static final Duration ASK_EVERY = Duration.ofMillis(200);
  private static final int TAIL_LINES = 20;

  /// Those that the launcher starts a server with.
  private static final List<String> JAVA_OPTIONS =
      List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders");

  /// How a server is started.
  ///
  /// @param home the root of the repository
  /// @param zipPorts the only private ports that this server may fetch from
  record Launch(Path home, int port, Path data, List<Integer> zipPorts) {

    Launch {
      zipPorts = List.copyOf(zipPorts);
    }

    Path jar() {
      return home.resolve(Path.of("server", "target", "darkroom-server.jar"));
    }

    List<String> command(String javaOptions) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JAVA_OPTIONS);
      Stream.of(javaOptions.split("\\s+"))
          .filter(option -> !option.isEmpty())
          .forEach(command::add);
      command.add("-Ddarkroom.home=" + home);
      command.addAll(List.of("-jar", jar().toString(), "serve"));
      command.addAll(List.of("--port", String.valueOf(port), "--data", data.toString()));
      zipPorts.forEach(
          zipPort -> command.addAll(List.of("--allow-address", "127.0.0.1/32:" + zipPort)));
      return command;
    }
  }

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ServerProcess start(Launch launch, String token, Path log) throws IOException {
    if (!Files.isRegularFile(launch.jar())) {
      throw new CommandFailure.Local(
          "The server is not built: %s is missing. Build it with: mvn package"
              .formatted(launch.jar()),
          "");
    }
    var builder =
        new ProcessBuilder(launch.command(System.getenv().getOrDefault("DARKROOM_JAVA_OPTS", "")))
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile());
    // A demo must not reach the database, the store or the limits of a real installation; which
    // libvips there is has nothing to do with that.
    var environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.startsWith("DARKROOM_") && !name.equals("DARKROOM_VIPS"));
    environment.put("DARKROOM_RUNTIME", runtime(launch.home()).toString());
    environment.put("DARKROOM_TOKEN", token);
    return new ServerProcess(builder.start(), log);
  }

  /// The folder of the native libraries.
  static Path runtime(Path home) {
    String named = System.getenv().getOrDefault("DARKROOM_RUNTIME", "");
    return named.isBlank() ? home.resolve("runtime") : Path.of(named).toAbsolutePath();
  }

  void awaitReady(Darkroom darkroom, Pacing pacing) throws IOException {
    Duration start = pacing.elapsed();
    while (darkroom.probe("/actuator/health/readiness") != 200) {
      if (!process.isAlive()) {
        throw new CommandFailure.Local(
            "The server ended with code %d before it was ready.".formatted(process.exitValue()),
            logTail());
      }
      if (pacing.elapsed().minus(start).compareTo(READY_WITHIN) > 0) {
        throw new CommandFailure.Local(
            "The server was not ready within %d s.".formatted(READY_WITHIN.toSeconds()), logTail());
      }
      pacing.pause(ASK_EVERY);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Waits until the server ends by itself, which is a failure to whoever wanted it to run.
  void awaitEnd() throws IOException {
    try {
      int code = process.waitFor();
      throw new CommandFailure.Local("The server ended with code %d.".formatted(code), logTail());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure.Stopped();
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }

  private String logTail() throws IOException {
    List<String> lines = Files.readString(log).lines().map(Printable::of).toList();
    return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
