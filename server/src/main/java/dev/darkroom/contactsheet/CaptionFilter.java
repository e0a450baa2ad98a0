package dev.darkroom.contactsheet;

import dev.darkroom.project.TrainingVersion.Family;
import java.util.List;
import java.util.Locale;

/// Which images of a dataset are looked at, by what becomes of their captions.
enum CaptionFilter {
  ALL,
  MISSING,
  /// Written by a captioner under another visual schema than the dataset's.
  OUTDATED,
  MANUAL;

  /// Those that tell anything of a dataset: only captions of FIBO follow a visual schema.
  static List<CaptionFilter> of(Family family) {
    return family == Family.FIBO ? List.of(values()) : List.of(ALL, MISSING, MANUAL);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
