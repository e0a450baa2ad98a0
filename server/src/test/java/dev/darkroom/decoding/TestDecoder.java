package dev.darkroom.decoding;

import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.image.Decoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Real decoders for the tests of others.
public final class TestDecoder {

  private TestDecoder() {}

  /// Needs no child process and no native library.
  public static Decoder imageIo() {
    return new ImageIoDecoder();
  }

  /// Cannot start a child process.
  public static Decoder unstartable() {
    var command = new DecoderCommand(List.of("/nonexistent/java"), Duration.ofSeconds(30));
    return new DecoderPool(command, 1);
  }

  /// libvips in one child process, where there is one; the caller closes it.
  public static Optional<Decoder> vips(Path crashes) {
    return hasVips(crashes) ? Optional.of(new DecoderPool(command(crashes), 1)) : Optional.empty();
  }

  public static boolean hasVips(Path crashes) {
    return DecoderProbe.of(command(crashes)) instanceof DecoderProbe.Available;
  }

  private static DecoderCommand command(Path crashes) {
    return DecoderCommand.of(VipsLocation.ofSystem(), crashes);
  }
}
