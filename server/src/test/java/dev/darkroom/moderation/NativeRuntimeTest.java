package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import dev.darkroom.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeRuntimeTest {

  @Test
  void canBeLoaded() {
    assertThat(NativeRuntime.problem()).isEmpty();
  }

  /// Where a library is there and cannot be run, no upload that is to be moderated may be accepted.
  @Test
  void isNoneWhereTheLibraryCannotBeLoaded(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(System.mapLibraryName("onnxruntime")), "no library");
    Files.writeString(folder.resolve(System.mapLibraryName("onnxruntime4j_jni")), "no library");
    try (var child = ChildJvm.start(TellsProblem.class, folder.toString())) {
      assertThat(child.awaitLine("problem: "))
          .contains("ONNX Runtime cannot be loaded (")
          .contains(folder.toString());
      assertThat(child.awaitExit()).isZero();
    }
  }

  /// Says whether the library in a folder can be loaded.
  static final class TellsProblem {
    public static void main(String[] arguments) {
      System.setProperty("onnxruntime.native.path", arguments[0]);
      System.out.println("problem: " + NativeRuntime.problem().orElse("none"));
    }
  }

  /// From 1.29 on the library tells its maker the machine's id and what it runs.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-x64/libonnxruntime.so",
        "linux-aarch64/libonnxruntime.so",
        "osx-aarch64/libonnxruntime.dylib"
      })
  void reportsToNobody(String library) throws IOException {
    try (var stream =
        OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + library)) {
      assertThat(stream).isNotNull();
      String bytes = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(bytes.contains("events.data.microsoft.com")).isFalse();
    }
  }
}
