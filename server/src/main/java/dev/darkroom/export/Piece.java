package dev.darkroom.export;

import java.io.IOException;
import java.io.OutputStream;

/// Bytes of which it is known how many there are before any of them is there, and that can be sent
/// from any of them on.
interface Piece {

  long length();

  /// Sends `length` bytes from the one at `from`, all of which are within the piece.
  ///
  /// @throws IOException where the client takes them no longer
  void send(long from, long length, OutputStream client) throws IOException;
}
