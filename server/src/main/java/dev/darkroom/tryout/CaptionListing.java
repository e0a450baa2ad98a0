package dev.darkroom.tryout;

import dev.darkroom.caption.FiboCaption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A structured caption as a list for people: a line for each value, and one for all that are not
/// determined. What is null or empty is left out.
final class CaptionListing {

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, @Nullable Object>> FIELDS =
      new TypeReference<>() {};

  /// The column at which values begin.
  private static final int COLUMN = 24;

  private static final String STEP = "  ";

  private final List<String> lines = new ArrayList<>();
  private final List<String> undetermined = new ArrayList<>();

  private CaptionListing() {}

  /// The lines, each indented by one step.
  static String of(String caption) {
    var listing = new CaptionListing();
    listing.addAll(JSON.readValue(caption, FIELDS), STEP);
    if (!listing.undetermined.isEmpty()) {
      listing.add(STEP, FiboCaption.NOT_DETERMINED, String.join(", ", listing.undetermined));
    }
    return String.join(System.lineSeparator(), listing.lines);
  }

  private void addAll(Map<?, ?> fields, String indent) {
    fields.forEach((key, value) -> add(String.valueOf(key).replace('_', ' '), value, indent));
  }

  private void add(String key, @Nullable Object value, String indent) {
    switch (value) {
      case null -> {}
      case Map<?, ?> fields -> {
        lines.add(indent + key);
        addAll(fields, indent + STEP);
      }
      case List<?> items -> {
        for (int i = 0; i < items.size(); i++) add(key + " " + (i + 1), items.get(i), indent);
      }
      case String text when text.equals(FiboCaption.NOT_DETERMINED) -> undetermined.add(key);
      default -> add(indent, key, value.toString());
    }
  }

  private void add(String indent, String key, String value) {
    String start = indent + key + " ";
    lines.add(start + " ".repeat(Math.max(0, COLUMN - start.length())) + value);
  }
}
