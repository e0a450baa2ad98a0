package dev.darkroom.tryout;

import dev.darkroom.image.ImageLimits;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// What a file may measure: it need not be fit for a dataset, only be one that the server would
/// decode.
final class FileLimits {

  private static final int ANY_DIMENSION = 1;

  private FileLimits() {}

  /// The most pixels that the environment sets for the server, and no smallest size.
  ///
  /// @throws org.springframework.boot.context.properties.bind.BindException where a limit is wrong
  static ImageLimits of(Environment environment) {
    var limits = Binder.get(environment).bindOrCreate("darkroom.limits", ImageLimits.class);
    return new ImageLimits(limits.maxPixels(), ANY_DIMENSION);
  }
}
