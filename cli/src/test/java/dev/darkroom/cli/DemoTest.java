package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.samples.SampleArchive;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a process, with a stand-in for the server's jar: what it makes, starts, checks, and
/// leaves behind.
class DemoTest {

  private static final int IMAGES = 2;

  private static SampleArchive.Expected expected = new SampleArchive.Expected(0, 0, 0, 0);
  private static SampleArchive.Expected legacy = new SampleArchive.Expected(0, 0, 0, 0);

  @TempDir Path home;
  @TempDir Path temporary;

  @BeforeAll
  static void writeTheSamplesOnce(@TempDir Path folder) throws IOException {
    expected = SampleArchive.write(folder.resolve("samples.zip"), IMAGES, 1);
    legacy = SampleArchive.writeWithTexts(folder.resolve("texts.zip"), IMAGES, 1);
  }

  @BeforeEach
  void buildTheFakeServer() throws IOException {
    var manifest = new Manifest();
    String path =
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServerMain.class.getName());
    Path target = Files.createDirectories(home.resolve("server/target"));
    try (var file = Files.newOutputStream(target.resolve("darkroom-server.jar"))) {
      new JarOutputStream(file, manifest).close();
    }
  }

  @Test
  void endsWithZeroAndLeavesNothingBehindWhenTheSamplesComeOutAsExpected() throws Exception {
    try (var demo = demo(completing(expected), "--exit")) {
      String output = demo.rest();
      assertThat(demo.exitCode()).as(output).isEqualTo(0);
      assertThat(output)
          .contains("the upload is completed", "As expected", "FIBO", "LEGACY")
          .contains("seas/0001.jpg", "A wide picture.")
          .contains("= images     %7d".formatted(expected.done() + expected.failed()));
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void endsWithOneAndTellsTheDifferenceOtherwise() throws Exception {
    var fewer =
        new SampleArchive.Expected(
            expected.done() + 1,
            expected.failed() - 1,
            expected.ignored(),
            expected.generated() - 1);
    try (var demo = demo(completing(fewer), "--exit")) {
      String output = demo.rest();
      assertThat(demo.exitCode()).as(output).isEqualTo(1);
      assertThat(output)
          .contains("done is %d where the samples make %d".formatted(fewer.done(), expected.done()))
          .contains("captions.done is %d where".formatted(fewer.generated()))
          .doesNotContain("As expected", "ignored is");
    }
  }

  @Test
  void endsItsServerAndCleansUpWhenItIsStopped() throws Exception {
    try (var demo = demo(completing(expected))) {
      assertThat(demo.awaitLine("status")).contains("curl -H 'api_token: ", "/bulk-upload/status");
      assertThat(demo.awaitLine("image")).endsWith("http://host/i/1?signature=s");
      String process = demo.awaitLine("process").replaceAll("(?s).*process ([0-9]+).*", "$1");
      demo.awaitLine("until Ctrl-C");
      var server = ProcessHandle.of(Long.parseLong(process)).orElseThrow();
      assertThat(server.isAlive()).isTrue();
      demo.terminate();
      assertThat(demo.exitCode()).isEqualTo(143);
      assertThat(server.isAlive()).isFalse();
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void keepsTheDataThatItIsToldToKeep() throws Exception {
    Path data = home.resolve("kept");
    try (var demo = demo(completing(expected), "--exit", "--data", data.toString())) {
      assertThat(demo.exitCode()).isEqualTo(0);
      assertThat(data.resolve("home")).hasContent(home.toString());
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void showsTheLogOfAServerThatDies() throws Exception {
    try (var demo = demo("-Dfake.dies=true", "--exit")) {
      String output = demo.rest();
      assertThat(demo.exitCode()).as(output).isEqualTo(1);
      assertThat(output)
          .contains("The server ended with code 3 before it was ready.", "the disk is full")
          .doesNotContain("\u001b", "\tat ");
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0);
        var demo =
            demo(completing(expected), "--port", String.valueOf(taken.getLocalPort()), "--exit")) {
      assertThat(demo.rest()).contains("Port %d is taken.".formatted(taken.getLocalPort()));
      assertThat(demo.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void saysThatTheServerIsNotBuilt() throws Exception {
    Files.delete(home.resolve("server/target/darkroom-server.jar"));
    try (var demo = demo(completing(expected), "--exit")) {
      assertThat(demo.rest()).contains("The server is not built", "mvn package");
      assertThat(demo.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void takesAnyPortWhenTheUsualOneIsTaken() throws IOException {
    int chosen = ServerPort.choose(0);
    try (var _ = new ServerSocket(chosen)) {
      assertThat(ServerPort.choose(0)).isNotEqualTo(chosen).isPositive();
    }
  }

  private CommandProcess demo(String serverOptions, String... arguments) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("DARKROOM_JAVA_OPTS", serverOptions + " -XX:TieredStopAtLevel=1");
    environment.put("DARKROOM_DATABASE_URL", "jdbc:postgresql://production/darkroom");
    environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    List<String> line =
        Stream.concat(Stream.of("demo", "--images", String.valueOf(IMAGES)), Stream.of(arguments))
            .toList();
    return CommandProcess.start(home, environment, line.toArray(String[]::new));
  }

  private static String completing(SampleArchive.Expected counts) {
    return "-Dfake.uploads=%s/%s".formatted(counts(counts), counts(legacy));
  }

  private static String counts(SampleArchive.Expected counts) {
    return "%d,%d,%d,%d"
        .formatted(counts.done(), counts.failed(), counts.ignored(), counts.generated());
  }
}
