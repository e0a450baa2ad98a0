package dev.darkroom.samples;

import java.io.IOException;
import java.nio.file.Path;

/// Writes a ZIP of sample pictures, with entries that must fail and entries to be ignored among
/// them.
public final class SampleArchive {

  /// What a bulk upload of the archive comes to.
  ///
  /// @param done images that are accepted
  /// @param failed images that are refused
  /// @param ignored entries that are not images
  public record Expected(int done, int failed, int ignored) {}

  private SampleArchive() {}

  /// Writes an archive of `images` images to `zip`; the same `seed` gives the same pictures.
  public static Expected write(Path zip, int images, long seed) throws IOException {
    throw new IOException("no pictures for " + zip + ": " + images + " of seed " + seed);
  }
}
