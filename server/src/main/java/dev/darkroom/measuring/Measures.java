package dev.darkroom.measuring;

import dev.darkroom.caption.Picture;
import java.io.IOException;

/// All that is measured of one picture.
record Measures(
    Frame frame,
    Tones tones,
    Saturation saturation,
    Warmth warmth,
    Palette palette,
    FocusMap focus,
    Balance balance,
    Light light,
    Lens lens,
    Medium medium) {

  /// The long side in pixels at which a picture is measured, that of the stored thumbnail.
  static final int LONG_SIDE = 512;

  /// @throws IOException where the store is out
  /// @throws UnreadableJpegException where it gives what cannot be decoded
  static Measures of(Picture picture) throws IOException, UnreadableJpegException {
    return of(
        new Frame(picture.width(), picture.height()),
        Pixels.ofJpeg(picture.jpeg(LONG_SIDE)),
        Lens.of(picture.exif()));
  }

  static Measures of(Frame frame, Pixels pixels, Lens lens) {
    var grid = Grid.of(pixels);
    return new Measures(
        frame,
        Tones.of(pixels),
        Saturation.of(pixels),
        Warmth.of(pixels),
        Palette.of(pixels),
        FocusMap.of(pixels),
        Balance.of(grid),
        Light.of(grid),
        lens,
        Medium.of(pixels, lens));
  }

  DepthOfField depthOfField() {
    return new DepthOfField(focus, lens.hyperfocal());
  }
}
