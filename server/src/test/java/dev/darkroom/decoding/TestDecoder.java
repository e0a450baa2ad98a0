package dev.darkroom.decoding;

import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.image.Decoder;
import java.nio.file.Path;
import java.util.Optional;

/// Real decoders for the tests of others.
public final class TestDecoder {

  private TestDecoder() {}

  /// Needs no child process and no native library.
  public static Decoder imageIo() {
    return new ImageIoDecoder();
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
