package dev.darkroom.samples;

import dev.darkroom.decoder.VipsEncoder;
import dev.darkroom.decoder.VipsEncoder.Pixels;
import dev.darkroom.decoder.VipsException;
import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.decoder.VipsUnavailableException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Turns pictures into files: by libvips where there is one, else by ImageIO as far as that goes.
final class Encoding {

  private static final Optional<VipsEncoder> VIPS = vips();

  private Encoding() {}

  private static Optional<VipsEncoder> vips() {
    try {
      return Optional.of(VipsEncoder.load(VipsLocation.ofSystem()));
    } catch (VipsUnavailableException e) {
      System.getLogger("dev.darkroom.samples")
          .log(Level.WARNING, "Samples will be JPEG and PNG only: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  static boolean canMake(SampleKind kind) {
    return VIPS.isPresent() || kind == SampleKind.JPEG || kind == SampleKind.PNG;
  }

  /// Encodes a picture of type `TYPE_INT_RGB`.
  static byte[] encode(BufferedImage picture, SampleKind kind) {
    if (!canMake(kind)) {
      throw new IllegalStateException(kind + " needs libvips, and none was found");
    }
    return VIPS.map(vips -> byVips(vips, picture, kind)).orElseGet(() -> byImageIo(picture, kind));
  }

  private static byte[] byVips(VipsEncoder vips, BufferedImage picture, SampleKind kind) {
    try {
      return vips.encode(pixels(picture, kind.bands()), kind.colour(), kind.suffix());
    } catch (VipsException e) {
      throw new IllegalStateException(kind + ": " + e.getMessage(), e);
    }
  }

  private static Pixels pixels(BufferedImage picture, int bands) {
    int width = picture.getWidth();
    int[] colours = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    byte[] samples = new byte[colours.length * bands];
    for (int i = 0, at = 0; i < colours.length; i++) {
      int colour = colours[i];
      if (bands == 1) {
        samples[at++] = (byte) (colour >> 8);
        continue;
      }
      samples[at++] = (byte) (colour >> 16);
      samples[at++] = (byte) (colour >> 8);
      samples[at++] = (byte) colour;
      if (bands == 4) samples[at++] = (byte) (i % width < width / 2 ? 128 : 255);
    }
    return new Pixels(width, picture.getHeight(), bands, MemorySegment.ofArray(samples));
  }

  private static byte[] byImageIo(BufferedImage picture, SampleKind kind) {
    var bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(picture, kind.extension(), bytes)) {
        throw new IllegalStateException("ImageIO does not write " + kind);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
