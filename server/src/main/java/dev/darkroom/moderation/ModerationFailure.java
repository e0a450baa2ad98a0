package dev.darkroom.moderation;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a picture has no verdict.
sealed interface ModerationFailure extends Failure {

  /// The local model was there when the server started, and cannot be loaded or run now.
  record ModelUnavailable() implements ModerationFailure {
    @Override
    public String type() {
      return "moderation.model-unavailable";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String message() {
      return "The local moderator's model cannot be loaded or run; ask its operator, whose log says why.";
    }

    @Override
    public Retry retry() {
      return Retry.WHEN_BACK;
    }
  }

  /// The local model cannot tell anything of this picture.
  ///
  /// @param reason a clause
  record PictureUnusable(String reason) implements ModerationFailure {
    @Override
    public String type() {
      return "moderation.picture-unusable";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The local moderator cannot judge the image: %s; save the image again in another program."
          .formatted(reason);
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }
  }
}
