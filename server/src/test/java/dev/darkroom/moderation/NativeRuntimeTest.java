package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeRuntimeTest {

  @Test
  void isThereForTheSystemsThatTheServerIsBuiltFor() {
    assertThat(NativeRuntime.problem()).isEmpty();
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
