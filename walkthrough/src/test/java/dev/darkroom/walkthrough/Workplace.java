package dev.darkroom.walkthrough;

import dev.darkroom.samples.LoopbackFileServer;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A folder in which a reader of the documents might be: the launcher with what it runs, a folder
/// of photographs, the same as a ZIP, and that ZIP at a URL.
final class Workplace implements AutoCloseable {

  private static final String SHOOT = "shoot-1";

  /// As many as a dataset needs to be completed, and all of them good.
  private static final Map<String, byte[]> PHOTOGRAPHS = new TreeMap<>();

  static {
    for (int number = 1; number <= 5; number++) {
      PHOTOGRAPHS.put("%03d.jpg".formatted(number), SampleImages.jpeg(1000 + 24 * number, 1024));
    }
  }

  private final Path folder;
  private final LoopbackFileServer zip;

  private Workplace(Path folder, LoopbackFileServer zip) {
    this.folder = folder;
    this.zip = zip;
  }

  static Workplace make() throws IOException {
    // The built-in PostgreSQL may run as another user, who must get in.
    var open = PosixFilePermissions.fromString("rwxr-xr-x");
    Path folder =
        Files.createTempDirectory("walkthrough", PosixFilePermissions.asFileAttribute(open));
    Files.copy(
        Documents.root().resolve("darkroom"),
        folder.resolve("darkroom"),
        StandardCopyOption.COPY_ATTRIBUTES);
    install(folder, "server", "dev.darkroom.Application");
    install(folder, "cli", "dev.darkroom.cli.Main");
    takePhotographs(folder);
    // An answer that is a failure ends the walk.
    Files.createDirectory(folder.resolve("home"));
    Files.writeString(folder.resolve("home/.curlrc"), "fail-with-body\nshow-error\n");
    return new Workplace(folder, LoopbackFileServer.start(folder.resolve(SHOOT + ".zip")));
  }

  /// A jar where the launcher looks for that of `module`, which leads to the classes of this build.
  private static void install(Path folder, String module, String mainClass) throws IOException {
    var manifest = new Manifest();
    String path =
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.CLASS_PATH, path);
    manifest.getMainAttributes().put(Name.MAIN_CLASS, mainClass);
    Path target = Files.createDirectories(folder.resolve(module).resolve("target"));
    Path jar = target.resolve("darkroom-%s.jar".formatted(module));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static void takePhotographs(Path folder) throws IOException {
    Path shoot = Files.createDirectory(folder.resolve(SHOOT));
    var zip = folder.resolve(SHOOT + ".zip");
    try (var output = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (var photograph : PHOTOGRAPHS.entrySet()) {
        Files.write(shoot.resolve(photograph.getKey()), photograph.getValue());
        output.putNextEntry(new ZipEntry(photograph.getKey()));
        output.write(photograph.getValue());
      }
    }
  }

  Path folder() {
    return folder;
  }

  String zipUrl() {
    return zip.uri().toString();
  }

  /// A shell in this folder, with the settings that the documents leave to the reader.
  ProcessBuilder shell(String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("DARKROOM_") || name.startsWith("XDG_"));
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("CURL_HOME", folder.resolve("home").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("DARKROOM_RUNTIME", System.getProperty("darkroom.runtime"));
    environment.put("DARKROOM_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    environment.put("DARKROOM_DECODER_CHILDREN", "1");
    environment.put("DARKROOM_PORT", "0");
    environment.put("DARKROOM_ALLOW_ADDRESS", "127.0.0.1/32:" + zip.uri().getPort());
    return builder;
  }

  @Override
  public void close() throws IOException {
    zip.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
