package dev.darkroom.uploadstatus;

import dev.darkroom.Application;
import dev.darkroom.ScratchDirectory;
import dev.darkroom.TestDatabase;
import dev.darkroom.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// `serve` as an operator starts it, in a process of its own with a heap of 256 MB, on a database
/// of its own. What it says is kept in a file.
final class ServingNode implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("is ready: http://localhost:(\\d+)");
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ScratchDirectory scratch = ScratchDirectory.create();
  private final TestDatabase database = TestDatabase.create();
  private final Path log = scratch.path().resolve("log");
  private final Process process;

  private ServingNode() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Ddarkroom.token=" + TestServer.TOKEN,
                "-Ddarkroom.limits.min-dimension=64",
                "-Ddarkroom.runtime=" + System.getProperty("darkroom.runtime", ""),
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                "serve",
                "--port=0",
                "--data=" + scratch.path().resolve("data"),
                "--database-url=" + database.url(),
                "--allow-address=127.0.0.1/32")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  static ServingNode start() throws IOException {
    return new ServingNode();
  }

  TestDatabase database() {
    return database;
  }

  /// Waits until it answers.
  int port() {
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      var ready = READY.matcher(log());
      if (ready.find()) return Integer.parseInt(ready.group(1));
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new IllegalStateException("it did not start: " + log());
  }

  /// What it had to complain of.
  List<String> complaints() {
    return log().lines().filter(line -> line.matches("\\S+ (WARN|ERROR) .*")).toList();
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) process.destroyForcibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    database.close();
    scratch.close();
  }
}
