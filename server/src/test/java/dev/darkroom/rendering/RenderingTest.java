package dev.darkroom.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderingTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003})
  void givesBackWhatWasWritten(int length) throws IOException {
    byte[] bytes = bytes(length);
    try (var rendering = Rendering.of(out -> write(bytes, out))) {
      assertThat(rendering.length()).isEqualTo(length);
      assertThat(copy(rendering)).isEqualTo(bytes);
    }
  }

  @Test
  void isReadByManyAtOnce() throws Exception {
    byte[] bytes = bytes(1_000_003);
    try (var rendering = Rendering.of(out -> write(bytes, out));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<byte[]> reader = () -> copy(rendering);
      var readers = IntStream.range(0, 50).mapToObj(_ -> reader).toList();
      for (var read : threads.invokeAll(readers)) assertThat(read.get()).isEqualTo(bytes);
    }
  }

  @Test
  void isThereUntilTheLastHolderClosesIt() throws IOException {
    byte[] bytes = bytes(100_000);
    var rendering = Rendering.of(out -> write(bytes, out));
    rendering.hold();
    rendering.close();
    assertThat(copy(rendering)).isEqualTo(bytes);
    rendering.close();
    assertThatThrownBy(() -> copy(rendering)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(rendering::hold).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void passesOnWhatFailsInTheMiddle() {
    assertThatThrownBy(() ->
            Rendering.of(out -> {
              write(bytes(100_000), out);
              throw new IllegalStateException("in the middle");
            }))
        .hasMessage("in the middle");
  }

  /// In pieces of all sizes, from single bytes to more than is kept in memory.
  private static void write(byte[] bytes, OutputStream out) {
    var random = new Random(bytes.length);
    try {
      int written = 0;
      while (written < bytes.length) {
        int piece = Math.min(bytes.length - written, 1 + random.nextInt(1 << random.nextInt(18)));
        if (piece == 1) {
          out.write(bytes[written]);
        } else {
          out.write(bytes, written, piece);
        }
        written += piece;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] copy(Rendering rendering) throws IOException {
    var out = new ByteArrayOutputStream();
    rendering.copyTo(out);
    return out.toByteArray();
  }
}
