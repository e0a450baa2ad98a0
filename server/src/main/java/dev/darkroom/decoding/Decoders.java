package dev.darkroom.decoding;

import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.image.Decoder;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses the decoder: libvips in child processes, one for each core; ImageIO in this process
/// where there is no libvips.
public final class Decoders {

  private static final Logger log = LoggerFactory.getLogger(Decoders.class);

  private Decoders() {}

  /// The best decoder of this machine. It may be `AutoCloseable`.
  ///
  /// @param crashReports the folder for what a child tells of its crash
  public static Decoder ofSystem(Path crashReports) {
    var command = DecoderCommand.of(VipsLocation.ofSystem(), crashReports);
    int children = Runtime.getRuntime().availableProcessors();
    return switch (DecoderProbe.of(command)) {
      case DecoderProbe.Available(String library) -> {
        log.info("decoder: {} in {} child processes", library, children);
        yield new DecoderPool(command, children);
      }
      case DecoderProbe.Unavailable(String reason) -> {
        log.warn(
            "decoder: ImageIO, because libvips is not to be had ({}); expect a third of the speed, and some damage"
                + " to go unseen",
            reason);
        yield new ImageIoDecoder();
      }
    };
  }
}
