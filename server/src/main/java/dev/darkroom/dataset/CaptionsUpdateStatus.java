package dev.darkroom.dataset;

import java.util.Locale;

/// How far the captions of a dataset are.
public enum CaptionsUpdateStatus {
  /// No caption run ever began.
  EMPTY,
  /// An upload writes captions, or a run does.
  IN_PROGRESS,
  /// The last run has ended, even if captions failed in it.
  COMPLETED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
