package dev.darkroom.cli;

import java.io.IOException;
import java.net.ServerSocket;

/// Chooses where a server of our own is to listen.
final class ServerPort {

  static final int USUAL = 8080;

  private ServerPort() {}

  /// The wanted port, which has to be free; for 0 the usual one, or any other when that is taken.
  static int choose(int wanted) throws IOException {
    if (wanted != 0) {
      if (isFree(wanted)) return wanted;
      throw new CommandFailure.Local(
          "Port %d is taken. Give another, or none.".formatted(wanted), "");
    }
    return isFree(USUAL) ? USUAL : anyFree();
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int anyFree() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
