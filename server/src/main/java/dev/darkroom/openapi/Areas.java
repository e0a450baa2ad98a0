package dev.darkroom.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parts of the description, one for each area of the API, as they are put together. Areas may
/// share a path, but no method of it, and no name of a component. For one thread.
final class Areas {

  /// `paths`, a path, its method; `components`, their kind, a name.
  private static final int DEPTH = 3;

  /// For the anchors of a file.
  private static final String OF_THE_FILE = "x-";

  private final Map<String, Object> whole = new LinkedHashMap<>();
  private final Map<String, String> origins = new HashMap<>();

  /// Fails where another file has said the same.
  void add(String file, Map<String, Object> part) {
    for (var entry : part.entrySet()) {
      if (!entry.getKey().startsWith(OF_THE_FILE)) put(file, whole, entry, entry.getKey(), DEPTH);
    }
  }

  Map<String, Object> whole() {
    return whole;
  }

  @SuppressWarnings(
      "unchecked") // What SnakeYAML reads is maps with texts as keys, lists and scalars.
  private void put(
      String file,
      Map<String, Object> into,
      Map.Entry<String, Object> entry,
      String place,
      int depth) {
    switch (entry.getValue()) {
      case Map<?, ?> more when depth > 1 -> {
        var below =
            (Map<String, Object>)
                into.computeIfAbsent(entry.getKey(), _ -> new LinkedHashMap<String, Object>());
        for (var inner : ((Map<String, Object>) more).entrySet()) {
          put(file, below, inner, place + " " + inner.getKey(), depth - 1);
        }
      }
      case List<?> more when depth == DEPTH ->
          ((List<Object>) into.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()))
              .addAll(more);
      case Object value -> {
        var other = origins.putIfAbsent(place, file);
        if (other != null) {
          throw new IllegalStateException(
              "The description of the API has %s twice, in %s and in %s"
                  .formatted(place, other, file));
        }
        into.put(entry.getKey(), value);
      }
    }
  }
}
