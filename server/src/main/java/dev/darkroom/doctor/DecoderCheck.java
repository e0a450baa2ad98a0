package dev.darkroom.doctor;

import dev.darkroom.decoding.DecoderProbe;
import dev.darkroom.decoding.Decoders;
import java.nio.file.Path;

/// Whether libvips decodes images here.
record DecoderCheck(Path crashReports) {

  private static final String NAME = "decoder";

  Finding run() {
    return switch (Decoders.probe(crashReports)) {
      case DecoderProbe.Available(String library) ->
          Finding.ok(
              NAME, "Images are decoded by %s, in processes of their own.".formatted(library));
      case DecoderProbe.Unavailable(String reason) ->
          Finding.warning(
              NAME,
              "Images are decoded by Java, at a third of the speed, because libvips is not to be had (%s): run npm ci in the folder runtime, or install libvips 8.14 or newer."
                  .formatted(reason));
    };
  }
}
