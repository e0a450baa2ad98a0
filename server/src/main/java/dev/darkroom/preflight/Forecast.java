package dev.darkroom.preflight;

import dev.darkroom.failure.Failure;
import dev.darkroom.image.HeadInspection;

/// What an upload would make of one image, as far as its first bytes and its caption tell.
sealed interface Forecast {

  /// It would be in the dataset, unless what was not looked at is damaged.
  record Passes() implements Forecast {}

  record Fails(Failure failure) implements Forecast {}

  record Undetermined() implements Forecast {}

  static Forecast of(HeadInspection inspection) {
    return switch (inspection) {
      case HeadInspection.Fit _ -> new Passes();
      case HeadInspection.Rejected(var failure) -> new Fails(failure);
      case HeadInspection.Undetermined _ -> new Undetermined();
    };
  }
}
