package dev.darkroom.api;

import java.util.Arrays;
import java.util.Optional;

/// Finds the constant of an enum by its name on the wire, which is its `toString()`; the database
/// keeps the same name.
public final class WireName {

  private WireName() {}

  public static <E extends Enum<E>> Optional<E> find(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants()).filter(e -> e.toString().equals(name)).findAny();
  }

  public static <E extends Enum<E>> E get(Class<E> type, String name) {
    return find(type, name)
        .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " " + name));
  }
}
