package dev.darkroom.vision;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;

/// Why a vision model that is there has no text to give for a picture.
sealed interface VisionFailure extends Failure {

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /// The model, or a filter around it, will not speak of the picture.
  record Refused() implements VisionFailure {
    @Override
    public String type() {
      return "caption.refused";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String message() {
      return "The vision model refuses to describe this; write the caption yourself, or use another picture.";
    }
  }

  /// The model replied, and never what was asked for.
  ///
  /// @param problem of the last reply; follows "it"
  record Unusable(int tries, String problem) implements VisionFailure {
    @Override
    public String type() {
      return "caption.unusable";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The vision model gave no usable reply in %d tries: in the last one it %s; regenerate the captions, or use another model."
          .formatted(tries, problem);
    }
  }

  /// The model's server does not take the request, which the operator's log has more of.
  record NotTaken(int answer) implements VisionFailure {
    @Override
    public String type() {
      return "caption.not-taken";
    }

    @Override
    public int status() {
      return 500;
    }

    @Override
    public String message() {
      return "The vision model's server answered %d to this picture; ask the operator, whose log has its words."
          .formatted(answer);
    }
  }
}
