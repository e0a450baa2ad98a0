package dev.darkroom.decoding;

import dev.darkroom.decoder.Thumbnailer;
import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.decoder.VipsUnavailableException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses the decoder: libvips in child processes, or in this one where no children are wanted;
/// ImageIO in this process where there is no libvips.
public final class Decoders {

  private static final Logger log = LoggerFactory.getLogger(Decoders.class);

  private Decoders() {}

  /// A decoder that works on as many images at a time as it has `children`; on one, in this
  /// process, where it has none. The caller closes it.
  ///
  /// @param crashReports the folder that the reports of crashed children go to
  public static ImageDecoder open(Path crashReports, int children) {
    return children == 0 ? inProcess() : inChildren(crashReports, children);
  }

  /// Whether libvips decodes on this machine, by starting one child.
  public static DecoderProbe probe(Path crashReports) {
    return DecoderProbe.of(DecoderCommand.of(VipsLocation.ofSystem(), crashReports));
  }

  private static ImageDecoder inProcess() {
    try {
      var thumbnailer = Thumbnailer.load(VipsLocation.ofSystem());
      log.warn(
          "decoder: {} in the server's own process, which an image can end", thumbnailer.library());
      return new InProcessDecoder(thumbnailer);
    } catch (VipsUnavailableException | LinkageError e) {
      return imageIo(String.valueOf(e.getMessage()));
    }
  }

  private static ImageDecoder inChildren(Path crashReports, int children) {
    var command = DecoderCommand.of(VipsLocation.ofSystem(), crashReports);
    return switch (DecoderProbe.of(command)) {
      case DecoderProbe.Available(String library) -> {
        log.info("decoder: {} in {} child processes", library, children);
        yield new DecoderPool(command, children);
      }
      case DecoderProbe.Unavailable(String reason) -> imageIo(reason);
    };
  }

  private static ImageDecoder imageIo(String reason) {
    log.warn(
        "decoder: ImageIO, because libvips is not to be had ({}); expect a third of the speed, and some damage"
            + " to go unseen",
        reason);
    return new ImageIoDecoder();
  }
}
