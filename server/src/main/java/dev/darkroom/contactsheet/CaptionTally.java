package dev.darkroom.contactsheet;

/// How many images of a dataset there are, by what became of their captions.
record CaptionTally(int all, int missing, int outdated, int manual) {

  public int of(CaptionFilter filter) {
    return switch (filter) {
      case ALL -> all;
      case MISSING -> missing;
      case OUTDATED -> outdated;
      case MANUAL -> manual;
    };
  }
}
