package dev.darkroom.moderation;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.Locale;
import java.util.Optional;

/// The native library of ONNX Runtime.
///
/// Its version is the last one whose builds for Linux and macOS report nothing to their maker;
/// those of 1.29 do.
final class NativeRuntime {

  private static final OrtLoggingLevel LOGGED = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
  private static final String LOG_NAME = "darkroom";

  private static boolean held;

  private NativeRuntime() {}

  /// Why there is none for this system, as a clause; empty where there is one. It is not loaded.
  static Optional<String> problem() {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "");
    String library =
        "ai/onnxruntime/native/%s-%s/%s"
            .formatted(os(system), cpu(architecture), System.mapLibraryName("onnxruntime"));
    if (NativeRuntime.class.getClassLoader().getResource(library) != null) return Optional.empty();
    return Optional.of("ONNX Runtime has no library for %s on %s".formatted(system, architecture));
  }

  /// The names that ONNX Runtime's jar has for systems.
  private static String os(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac")) return "osx";
    return lower.startsWith("windows") ? "win" : "linux";
  }

  private static String cpu(String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> "x64";
      default -> architecture;
    };
  }

  /// The one environment of this process. The library is loaded with the first call.
  static synchronized OrtEnvironment environment() throws OrtException {
    var environment = OrtEnvironment.getEnvironment(LOGGED, LOG_NAME);
    if (!held) {
      environment.setTelemetry(false); // the builds for Windows have had it for long
      hold();
      held = true;
    }
    return environment;
  }

  /// Keeps the environment until the process ends. Java's binding frees it in a shutdown hook while
  /// others still wait for the last pictures, and a run under way then brings the process down. The
  /// environment counts its owners; to become a second one there is no public way.
  private static void hold() {
    try {
      var api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      var create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      create.setAccessible(true);
      var _ = create.invoke(null, api.getLong(null), LOGGED.getValue(), LOG_NAME);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("not the version of ONNX Runtime that this was written for", e);
    }
  }
}
