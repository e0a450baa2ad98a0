package dev.darkroom.dataset;

import dev.darkroom.api.Fields;
import org.jspecify.annotations.Nullable;

/// What a client sends to clone a dataset.
///
/// @param name of the clone; null for one that is made from the origin's
/// @param description is taken, and kept nowhere: a dataset has none
record NewClone(@Nullable String name, @Nullable String description) {

  static final NewClone UNNAMED = new NewClone(null, null);

  NewClone {
    Fields.notBlank("name", name);
  }

  String nameFor(Dataset origin) {
    return name == null ? "Copy of " + origin.name() : name;
  }
}
