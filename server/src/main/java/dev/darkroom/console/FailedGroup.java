package dev.darkroom.console;

import dev.darkroom.failurereport.FailureGroup;
import org.jspecify.annotations.Nullable;

/// The images that failed for one reason, as the report shows them.
///
/// @param images how many there are, of those that are looked for
record FailedGroup(String type, int status, int images, @Nullable String advice, FailedList first) {

  static FailedGroup of(FailureGroup group, int images, FailedList first) {
    return new FailedGroup(group.type(), group.status(), images, group.advice(), first);
  }

  /// `image.too-small` is `too small`.
  public String reason() {
    return type.substring(type.indexOf('.') + 1).replace('-', ' ');
  }
}
