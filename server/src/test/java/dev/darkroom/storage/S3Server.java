package dev.darkroom.storage;

import dev.darkroom.ScratchDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A real S3 server (s3proxy, which keeps its objects in a scratch directory) in a process of its
/// own on loopback, with one empty bucket. It can be killed, paused, and started again with what it
/// holds, at the same address.
public final class S3Server implements AutoCloseable {

  /// What this server leaves of a put in whose middle it was killed, and lists as an object: the
  /// file that it would have renamed.
  private static final Pattern UNFINISHED_FILE =
      Pattern.compile("-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$");

  private static final String BUCKET = "images";
  private static final String ACCESS_KEY = "access-key-of-the-tests";
  private static final String SECRET_KEY = "secret-key-of-the-tests-0123456789";

  /// Quiet but for the line that says that it is ready.
  private static final String LOGGING =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%logger{0}: %msg%n</pattern></encoder>
        </appender>
        <logger name="org.gaul.shaded.org.eclipse.jetty.server.Server" level="info"/>
        <root level="warn"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private static final String READY = "Server: Started ";

  private final ScratchDirectory scratch = ScratchDirectory.create();
  private final int port = freePort();
  private final S3Client client;
  private Process process;

  private S3Server() {
    try {
      Files.createDirectory(objects());
      Files.writeString(file("logback.xml"), LOGGING);
      Files.writeString(file("s3proxy.properties"), configuration());
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client = new S3Clients(settings()).client(S3Timeouts.DEFAULT);
    client.createBucket(create -> create.bucket(BUCKET));
  }

  /// Starts one, which is ready when this returns.
  public static S3Server start() {
    return new S3Server();
  }

  /// Such as `http://127.0.0.1:40123`.
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  public String bucket() {
    return BUCKET;
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  /// For `TestServer.start`, and as `-D` for a server in a process of its own.
  public Map<String, String> properties() {
    return new HashMap<>(
        Map.of(
            "darkroom.store",
            "s3://" + BUCKET + "/darkroom",
            "darkroom.s3.endpoint",
            endpoint(),
            "darkroom.s3.access-key",
            ACCESS_KEY,
            "darkroom.s3.secret-key",
            SECRET_KEY));
  }

  /// The keys of all objects in the bucket.
  public List<String> keys() {
    return client.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
        .map(S3Object::key)
        .filter(key -> !UNFINISHED_FILE.matcher(key).find())
        .toList();
  }

  /// The keys of the multipart uploads that have begun and not ended.
  public List<String> unfinishedUploads() {
    return client.listMultipartUploadsPaginator(list -> list.bucket(BUCKET)).uploads().stream()
        .map(MultipartUpload::key)
        .toList();
  }

  /// As `kill -9` does.
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// Answers nothing from now on, and refuses no connection.
  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  /// Starts it again after `kill`, at the same address and with what it held.
  public void restart() {
    process = launch();
  }

  @Override
  public void close() {
    client.close();
    kill();
    scratch.close();
  }

  /// The SDK's own client, for what an [ObjectStore] cannot do.
  S3Client client() {
    return client;
  }

  S3Settings settings() {
    return new S3Settings(endpoint(), null, ACCESS_KEY, SECRET_KEY, null, false);
  }

  /// Where the server keeps what it holds.
  Path objects() {
    return file("objects");
  }

  private String configuration() {
    return """
    s3proxy.endpoint=%s
    s3proxy.authorization=aws-v2-or-v4
    s3proxy.identity=%s
    s3proxy.credential=%s
    jclouds.provider=filesystem-nio2
    jclouds.filesystem.basedir=%s
    """
        .formatted(endpoint(), ACCESS_KEY, SECRET_KEY, objects());
  }

  private Path file(String name) {
    return scratch.path().resolve(name);
  }

  private Process launch() {
    try {
      var started =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "-Dlogback.configurationFile=" + file("logback.xml"),
                  "-cp",
                  classPath(),
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  file("s3proxy.properties").toString())
              .redirectErrorStream(true)
              .start();
      awaitReady(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Written by the module `s3proxy`, which is built before this one.
  private static String classPath() throws IOException {
    return Files.readString(
        Path.of(Objects.requireNonNull(System.getProperty("darkroom.s3proxy"))));
  }

  private static void awaitReady(Process started) throws IOException {
    BufferedReader output = started.inputReader();
    var read = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        Thread.startVirtualThread(() -> drain(output));
        return;
      }
      read.append(line).append('\n');
    }
    throw new AssertionError("s3proxy ended: " + read);
  }

  /// So that it never waits for somebody to read what it says.
  private static void drain(BufferedReader output) {
    try (output) {
      output.transferTo(Writer.nullWriter());
    } catch (IOException _) {
      // It has ended.
    }
  }

  private void signal(String name) {
    try {
      int exitCode =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exitCode != 0) throw new AssertionError("kill -%s: %d".formatted(name, exitCode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(Duration.ofSeconds(60))) throw new AssertionError("s3proxy runs on");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
