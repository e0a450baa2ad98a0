package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import org.jspecify.annotations.Nullable;

/// A structured caption as text: indented for people, on one line as a dataset keeps it.
final class CaptionJson {

  private CaptionJson() {}

  /// Null where the text is no JSON object.
  static @Nullable JsonObject parse(String text) {
    try {
      return JsonParser.object().from(text);
    } catch (JsonParserException _) {
      return null;
    }
  }

  static String indented(String caption) {
    var parsed = parse(caption);
    return parsed == null ? caption : JsonWriter.indent("  ").string().object(parsed).done();
  }

  static String compact(JsonObject caption) {
    return JsonWriter.string(caption);
  }
}
