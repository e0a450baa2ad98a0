package dev.darkroom.torture;

import java.util.Locale;

/// A place in a node's work at which something can be done to it: such as `image puts`, just before
/// an image's bytes go to the store.
///
/// @param subject what is worked on: a kind of step, of object, of answer
record Moment(String subject, Stage stage) {

  enum Stage {
    BEGINS,
    ENDS,
    PUTS,
    HAS_PUT,
    DELETES,
    /// Somebody else is asked, who may be out.
    ASKS,
    /// What was found is written, and only the commit is left.
    COMMITS,
    HAS_COMMITTED
  }

  /// A step of that task.
  static Moment ofStep(String task, Stage stage) {
    return new Moment(task + " step", stage);
  }

  static Moment parse(String text) {
    int space = text.lastIndexOf(' ');
    var stage = Stage.valueOf(text.substring(space + 1).toUpperCase(Locale.ROOT).replace('-', '_'));
    return new Moment(text.substring(0, space), stage);
  }

  @Override
  public String toString() {
    return subject + " " + stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
