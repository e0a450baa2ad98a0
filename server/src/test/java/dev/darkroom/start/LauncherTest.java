package dev.darkroom.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Application;
import dev.darkroom.ScratchDirectory;
import dev.darkroom.samples.SampleImages;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The launcher, installed without sources, so that there is nothing to build, and called through a
/// symbolic link from another directory, with an older java first on the path.
class LauncherTest {

  private static ScratchDirectory scratch;
  private static Path link;

  @BeforeAll
  static void install() throws IOException {
    scratch = ScratchDirectory.create();
    install("home");
    Path bin = Files.createDirectory(scratch.path().resolve("bin"));
    link = Files.createSymbolicLink(bin.resolve("darkroom"), Path.of("../home/darkroom"));
    Path path = Files.createDirectories(scratch.path().resolve("old/bin"));
    makeScript(path.resolve("java"), "echo the wrong java\nexit 1");
    makeScript(path.resolve("mvn"), "echo built");
    Files.writeString(scratch.path().resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
  }

  private static Path install(String name) throws IOException {
    Path home = Files.createDirectory(scratch.path().resolve(name));
    Path script = Path.of("..").toAbsolutePath().normalize().resolve("darkroom");
    Files.copy(script, home.resolve("darkroom"), StandardCopyOption.COPY_ATTRIBUTES);
    makeJar(Files.createDirectories(home.resolve("server/target")).resolve("darkroom-server.jar"));
    return home;
  }

  private static void makeScript(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterAll
  static void remove() {
    scratch.close();
  }

  @Test
  void listsTheCommands() throws Exception {
    Process help = launch("help");
    assertThat(text(help))
        .contains("serve ", "demo ", "upload ", "status ", "token ", "organization ")
        .contains("caption ", "moderate ");
    assertThat(help.waitFor()).isZero();
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    Process typo = launch("sreve");
    assertThat(text(typo)).contains("no command 'sreve'");
    assertThat(typo.waitFor()).isEqualTo(64);
  }

  @Test
  void passesAnOlderJavaOfThePathBy() throws Exception {
    Process version = launch("--version");
    assertThat(text(version)).contains("darkroom ").doesNotContain("wrong java");
    assertThat(version.waitFor()).isZero();
  }

  @Test
  void opensFilesWhoseNamesGoBeyondAsciiAlsoInAPlainLocale() throws Exception {
    Path image = scratch.path().resolve("été.jpg");
    Files.write(image, SampleImages.jpeg(1024, 1024));
    for (String locale : new String[] {"C", "POSIX"}) {
      var builder = prepare(link, "caption", image.toString());
      builder.environment().put("LC_ALL", locale);
      Process caption = builder.start();
      assertThat(text(caption)).contains("été.jpg", "A picture in square format");
      assertThat(caption.waitFor()).isZero();
    }
  }

  @Test
  void servesUntilItIsToldToStopAndLeavesNothingRunning() throws Exception {
    Path data = scratch.path().resolve("data");
    Process server = launch("serve", "--port=0", "--data=" + data);
    var output = server.inputReader();
    String ready = output.readLine();
    while (ready != null && !ready.contains("is ready: ")) ready = output.readLine();
    assertThat(ready).as("the server's first words").isNotNull();
    var base = URI.create(ready.replaceFirst(".*is ready: ", ""));
    var request = HttpRequest.newBuilder(base.resolve("/actuator/health/readiness")).build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    Path record = data.resolve("postgres/cluster/postmaster.pid");
    long postgres = Long.parseLong(Files.readAllLines(record).getFirst());
    server.destroy(); // SIGTERM, to the very process that was launched
    assertThat(server.waitFor()).isEqualTo(128 + 15);
    assertThat(ProcessHandle.of(postgres)).isEmpty();
    assertThat(record).doesNotExist();
  }

  @Test
  void takesOverTheBuildOfALauncherThatEndedBeforeItSaidWhoItIs() throws Exception {
    Path home = install("abandoned");
    Path lock = lockBuild(home);
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(180)));
    Process version = launch(home.resolve("darkroom"), "--version");
    assertThat(text(version)).contains("built", "darkroom ").doesNotContain("Waiting");
    assertThat(version.waitFor()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void takesOverTheBuildOfALauncherThatIsGone() throws Exception {
    Path home = install("gone");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(lockBuild(home).resolve("pid"), String.valueOf(gone.pid()));
    Process version = launch(home.resolve("darkroom"), "--version");
    assertThat(text(version)).contains("built", "darkroom ").doesNotContain("Waiting");
  }

  @Test
  void saysThatItWaitsForTheBuildOfAnotherLauncher() throws Exception {
    Path home = install("locked");
    Path lock = lockBuild(home);
    Path owner = lock.resolve("pid");
    Files.writeString(owner, String.valueOf(ProcessHandle.current().pid()));
    Process version = launch(home.resolve("darkroom"), "--version");
    try (var output = version.inputReader()) {
      assertThat(output.readLine()).contains("Waiting for another build");
      Files.delete(owner);
      Files.delete(lock);
      assertThat(output.readAllAsString()).contains("built", "darkroom ");
    }
    assertThat(version.waitFor()).isZero();
  }

  /// Gives an installation sources to build, and the lock of whoever builds them.
  private static Path lockBuild(Path home) throws IOException {
    Files.createFile(home.resolve("pom.xml"));
    return Files.createDirectories(home.resolve("target/building"));
  }

  private static Process launch(String... arguments) throws IOException {
    return launch(link, arguments);
  }

  private static Process launch(Path launcher, String... arguments) throws IOException {
    return prepare(launcher, arguments).start();
  }

  private static ProcessBuilder prepare(Path launcher, String... arguments) {
    var builder = new ProcessBuilder(launcher.toString()).redirectErrorStream(true);
    builder.command().addAll(Arrays.asList(arguments));
    builder.directory(scratch.path().toFile());
    String path = builder.environment().get("PATH");
    builder.environment().put("PATH", scratch.path().resolve("old/bin") + ":" + path);
    builder.environment().put("JAVA_HOME", scratch.path().resolve("old").toString());
    return builder;
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// A jar of nothing but the way to the classes under test.
  private static void makeJar(Path jar) throws IOException {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Name.MANIFEST_VERSION, "1.0");
    attributes.put(Name.MAIN_CLASS, Application.class.getName());
    attributes.put(
        Name.CLASS_PATH,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
