package dev.darkroom.bulkupload;

import dev.darkroom.dataset.NewImage;
import dev.darkroom.failure.Failure;

/// What became of one image of a chunk.
sealed interface ImageOutcome {

  /// The image is fit, and its bytes and thumbnail are stored.
  record Passed(NewImage.Facts facts) implements ImageOutcome {}

  /// The image is refused.
  ///
  /// @param hasThumbnail whether its thumbnail is stored all the same, because it is whole
  record Failed(Failure failure, boolean hasThumbnail) implements ImageOutcome {}
}
