package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A caption as an image carries it: plain text (Legacy), or a JSON object as text (FIBO).
record CaptionText(@Nullable String text) {

  /// What people want to read of it: the text itself; of a structured one its description, colours
  /// and light.
  String summary() {
    if (text == null) return "(no caption)";
    try {
      return summary(JsonParser.object().from(text));
    } catch (JsonParserException _) {
      return text;
    }
  }

  private static String summary(JsonObject caption) {
    return Stream.of(
            caption.getString("short_description"),
            labelled("colours", caption.getObject("aesthetics"), "color_scheme"),
            labelled("light", caption.getObject("lighting"), "conditions"))
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" | "));
  }

  private static @Nullable String labelled(String label, @Nullable JsonObject part, String key) {
    String value = part == null ? null : part.getString(key);
    return value == null ? null : label + ": " + value;
  }
}
