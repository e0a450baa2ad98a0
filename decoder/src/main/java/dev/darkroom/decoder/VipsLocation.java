package dev.darkroom.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where to look for libvips: the library that is named, else the npm package in the runtime
/// folder, else the system's.
///
/// @param library the path of a shared library; when it is named, nothing else is tried
/// @param runtime the folder whose `node_modules` may hold the npm package
public record VipsLocation(@Nullable Path library, @Nullable Path runtime) {

  private static final String LIBRARY = "darkroom.vips";
  private static final String RUNTIME = "darkroom.runtime";

  /// What the system properties `darkroom.vips` and `darkroom.runtime` say, else the environment's
  /// `DARKROOM_VIPS` and `DARKROOM_RUNTIME`.
  public static VipsLocation ofSystem() {
    return new VipsLocation(
        path(LIBRARY, System.getenv("DARKROOM_VIPS")),
        path(RUNTIME, System.getenv("DARKROOM_RUNTIME")));
  }

  private static @Nullable Path path(String property, @Nullable String environment) {
    String value = System.getProperty(property, Objects.requireNonNullElse(environment, ""));
    return value.isBlank() ? null : Path.of(value).toAbsolutePath();
  }

  /// The options that tell a Java program the same with [#ofSystem()].
  public List<String> javaOptions() {
    List<String> options = new ArrayList<>();
    if (library != null) options.add("-D%s=%s".formatted(LIBRARY, library.toAbsolutePath()));
    if (runtime != null) options.add("-D%s=%s".formatted(RUNTIME, runtime.toAbsolutePath()));
    return options;
  }

  /// What to hand to the dynamic linker, in order.
  List<String> candidates() throws VipsUnavailableException {
    if (library != null) return List.of(library.toString());
    List<String> candidates = new ArrayList<>();
    if (runtime != null) candidates.addAll(inNodeModules(runtime));
    candidates.addAll(
        isMac()
            ? List.of("/opt/homebrew/lib/libvips.42.dylib", "/usr/local/lib/libvips.42.dylib")
            : List.of("libvips.so.42"));
    return candidates;
  }

  private static List<String> inNodeModules(Path runtime) throws VipsUnavailableException {
    Path folder = runtime.resolve("node_modules/@img/sharp-libvips-" + platform() + "/lib");
    if (!Files.isDirectory(folder)) return List.of();
    try (var files = Files.newDirectoryStream(folder, "libvips-cpp.*")) {
      List<String> found = new ArrayList<>();
      files.forEach(file -> found.add(file.toString()));
      return found;
    } catch (IOException e) {
      throw new VipsUnavailableException("cannot list " + folder + ": " + e);
    }
  }

  private static String platform() {
    String architecture = System.getProperty("os.arch", "");
    return (isMac() ? "darwin" : "linux") + (architecture.equals("aarch64") ? "-arm64" : "-x64");
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
  }
}
