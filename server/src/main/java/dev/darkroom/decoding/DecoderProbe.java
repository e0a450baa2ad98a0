package dev.darkroom.decoding;

import java.io.IOException;

/// Whether images can be decoded by libvips on this machine.
public sealed interface DecoderProbe {

  /// They can.
  ///
  /// @param library which library does, for people to read
  record Available(String library) implements DecoderProbe {}

  /// They cannot, and why.
  record Unavailable(String reason) implements DecoderProbe {}

  /// Starts one child to find out.
  static DecoderProbe of(DecoderCommand command) {
    try (var child = DecoderProcess.start(command)) {
      return new Available(child.library());
    } catch (IOException | DecoderGoneException e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    }
  }
}
