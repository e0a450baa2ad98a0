package dev.darkroom.cli;

import java.io.IOException;
import java.io.InputStream;

/// Bytes that can be sent, and sent on from anywhere after a break.
///
/// @param name what the server calls them
/// @param identity a text that is another one when the bytes are
record Content(String name, String identity, long length, Opening opening) {

  interface Opening {
    /// The bytes from there to the end.
    InputStream from(long offset) throws IOException;
  }
}
