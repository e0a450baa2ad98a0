package dev.darkroom.moderation;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;

/// The native library of ONNX Runtime.
///
/// Its version is the last one whose builds for Linux and macOS report nothing to their maker;
/// those of 1.29 do.
final class NativeRuntime {

  private static final OrtLoggingLevel LOGGED = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
  private static final String LOG_NAME = "darkroom";

  private static boolean held;

  private NativeRuntime() {}

  /// Why it cannot be used on this system, as a clause; empty where it can. It is loaded to find
  /// out: a library that is there may still be for another C library, or lie where nothing may be
  /// run.
  static Optional<String> problem() {
    try {
      var _ = environment();
      return Optional.empty();
    } catch (OrtException | LinkageError e) {
      return Optional.of("ONNX Runtime cannot be loaded (%s)".formatted(reason(e)));
    }
  }

  /// The outer ones say only which class it was.
  private static String reason(Throwable problem) {
    return String.valueOf(NestedExceptionUtils.getMostSpecificCause(problem).getMessage());
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
