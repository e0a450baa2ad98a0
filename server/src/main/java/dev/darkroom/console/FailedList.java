package dev.darkroom.console;

import dev.darkroom.failurereport.FailureSelection;
import dev.darkroom.failurereport.ReportedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of the images that failed for one reason.
///
/// @param search what their names have in common
/// @param next where the next of them begin; null where these are the last
record FailedList(List<ReportedImage> list, String type, String search, @Nullable Integer next) {

  /// How many come at once.
  static final int SIZE = 24;

  FailedList {
    list = List.copyOf(list);
  }

  /// Of what was found: one more than is shown, where there are more.
  static FailedList of(List<ReportedImage> found, FailureSelection selection) {
    boolean more = found.size() > SIZE;
    return new FailedList(
        more ? found.subList(0, SIZE) : found,
        selection.type(),
        selection.search(),
        more ? selection.offset() + SIZE : null);
  }

  static FailureSelection selection(String type, String search, int offset) {
    return new FailureSelection(type, search, offset, SIZE + 1);
  }
}
