package dev.darkroom.image;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import org.jspecify.annotations.Nullable;

/// Why an image is not fit for a dataset.
public sealed interface ImageFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// Not a single byte.
  record Empty() implements ImageFailure {
    @Override
    public String type() {
      return "image.empty";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return "The file is empty; copy it from its source again.";
    }
  }

  /// By content not one of the formats that are taken, or in a coding of one that hardly any
  /// program reads.
  ///
  /// @param found what the file is, with its article, where that is known
  record UnsupportedFormat(@Nullable String found) implements ImageFailure {
    @Override
    public String type() {
      return "image.unsupported-format";
    }

    @Override
    public int status() {
      return 415;
    }

    @Override
    public String message() {
      return "The file is %s; convert it to a usual JPEG, PNG or WebP image."
          .formatted(found == null ? "of no known image format" : found);
    }
  }

  /// More than one frame.
  record Animated(ImageFormat format) implements ImageFailure {
    @Override
    public String type() {
      return "image.animated";
    }

    @Override
    public int status() {
      return 415;
    }

    @Override
    public String message() {
      return "The %s image is animated; save one frame of it as a still image."
          .formatted(format.displayName());
    }
  }

  /// More pixels than one image may have.
  record TooManyPixels(int width, int height, long maxPixels) implements ImageFailure {
    @Override
    public String type() {
      return "image.too-many-pixels";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The image is %d x %d, which is %d pixels; at most %d are accepted: scale it down."
          .formatted(width, height, actual(), maxPixels);
    }

    @Override
    public Long limit() {
      return maxPixels;
    }

    @Override
    public Long actual() {
      return (long) width * height;
    }
  }

  /// Drawn anew, larger or without its transparency, the image would have too many bytes.
  record RedrawnTooLarge(long bytes, long maxBytes) implements ImageFailure {
    @Override
    public String type() {
      return "image.redrawn-too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The image would have %d bytes once it is upscaled and opaque; at most %d are kept: send it so."
          .formatted(bytes, maxBytes);
    }

    @Override
    public Long limit() {
      return maxBytes;
    }

    @Override
    public Long actual() {
      return bytes;
    }
  }

  /// A progressive JPEG that would keep a decoder busy for hours.
  record TooManyScans(int maxScans) implements ImageFailure {
    @Override
    public String type() {
      return "image.too-many-scans";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The JPEG image is coded in more than %d scans; save it again as a usual JPEG."
          .formatted(maxScans);
    }

    @Override
    public Long limit() {
      return (long) maxScans;
    }
  }

  /// Compressed texts or a profile that inflate without end.
  record TooMuchMetadata(long maxBytes) implements ImageFailure {
    @Override
    public String type() {
      return "image.too-much-metadata";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String message() {
      return "The image's texts and colour profile inflate to more than %d bytes; save it without."
          .formatted(maxBytes);
    }

    @Override
    public Long limit() {
      return maxBytes;
    }
  }

  /// The file ends before the image does.
  record Truncated(long fileBytes) implements ImageFailure {
    @Override
    public String type() {
      return "image.truncated";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return "The image is cut short: the file ends at %d bytes and the image does not; "
              .formatted(fileBytes)
          + "copy it from its source again.";
    }
  }

  /// The file is whole, but what it holds is damaged.
  ///
  /// @param detail what is wrong, as a clause, fit for the person whose image it is
  record Corrupt(String detail) implements ImageFailure {
    @Override
    public String type() {
      return "image.corrupt";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return "The image is damaged: %s; copy it from its source again.".formatted(detail);
    }
  }

  /// Smaller than the smallest size that a model trains on.
  record TooSmall(int width, int height, int minDimension) implements ImageFailure {
    @Override
    public String type() {
      return "image.too-small";
    }

    @Override
    public int status() {
      return 412;
    }

    @Override
    public String message() {
      return "The image is %d x %d pixels; at least %d x %d are needed."
          .formatted(width, height, minDimension, minDimension);
    }

    @Override
    public Long limit() {
      return (long) minDimension;
    }

    @Override
    public Long actual() {
      return (long) Math.min(width, height);
    }
  }

  /// The decoder died or went silent on this image each time; what it said is in the log.
  record DecoderFailed() implements ImageFailure {
    @Override
    public String type() {
      return "image.decoder-failed";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The image's decoder crashed or hung on it; save the image again in another program.";
    }
  }
}
