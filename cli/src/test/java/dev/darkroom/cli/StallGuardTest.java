package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallGuardTest {

  @Test
  void endsTheReadingOfAStreamFromWhichNothingComes() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(silent.getInetAddress(), silent.getLocalPort());
        var guarded = new StallGuard(socket.getInputStream(), Duration.ofMillis(50))) {
      assertThatThrownBy(() -> guarded.read(new byte[8])).isInstanceOf(IOException.class);
    }
  }

  @Test
  void leavesAStreamThatEndsAlone() throws IOException {
    try (var guarded =
        new StallGuard(new ByteArrayInputStream(new byte[] {1, 2}), Duration.ofMinutes(1))) {
      assertThat(guarded.readAllBytes()).containsExactly(1, 2);
    }
  }
}
