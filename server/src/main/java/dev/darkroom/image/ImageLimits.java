package dev.darkroom.image;

import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What one image may measure.
///
/// @param maxPixels the most pixels, so that one image cannot take a node's memory
/// @param minDimension the smallest width and height of the upright picture, in pixels
@ConfigurationProperties("darkroom.limits")
public record ImageLimits(
    @DefaultValue("100000000") long maxPixels, @DefaultValue("1024") int minDimension)
    implements LimitSource {

  /// Decoders count pixels in 32 bits.
  private static final long MOST_PIXELS = Integer.MAX_VALUE;

  /// The largest side that all three formats can have.
  private static final int LARGEST_MIN_DIMENSION = 16_383;

  public ImageLimits {
    require("max-pixels", maxPixels, MOST_PIXELS);
    require("min-dimension", minDimension, LARGEST_MIN_DIMENSION);
    if ((long) minDimension * minDimension > maxPixels) {
      throw new IllegalArgumentException(
          "darkroom.limits.max-pixels (%d) leaves no room for an image of min-dimension %d squared"
              .formatted(maxPixels, minDimension));
    }
  }

  @Override
  public List<Limit> limits() {
    return List.of(new Limit("max-pixels", maxPixels), new Limit("min-dimension", minDimension));
  }

  private static void require(String name, long value, long largest) {
    if (value < 1 || value > largest) {
      throw new IllegalArgumentException(
          "darkroom.limits.%s must be from 1 to %d, and is %d".formatted(name, largest, value));
    }
  }
}
