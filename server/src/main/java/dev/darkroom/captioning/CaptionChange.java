package dev.darkroom.captioning;

import dev.darkroom.failure.FailureException;
import org.jspecify.annotations.Nullable;

/// What a client wants of an image's caption.
sealed interface CaptionChange {

  record Write(String caption) implements CaptionChange {}

  record Regenerate() implements CaptionChange {}

  /// The body as it came. A null field, and `regenerate_caption` false, read as absent.
  record Given(@Nullable String caption, @Nullable Boolean regenerateCaption) {

    CaptionChange checked() {
      boolean regenerate = Boolean.TRUE.equals(regenerateCaption);
      if (regenerate == (caption != null)) {
        throw new FailureException(CaptioningFailure.Plain.NEITHER_OR_BOTH);
      }
      return caption == null ? new Regenerate() : new Write(caption);
    }
  }
}
