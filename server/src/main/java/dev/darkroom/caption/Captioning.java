package dev.darkroom.caption;

import dev.darkroom.failure.Failure;

/// What a [Captioner] made of a request.
public sealed interface Captioning {

  record Written(String text) implements Captioning {}

  /// There is no text to be had, for a reason that stays: the model refused, or never answered
  /// usably.
  record Failed(Failure failure) implements Captioning {}
}
