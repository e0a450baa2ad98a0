package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the server says without trusting it to be what it should.
final class Json {

  private Json() {}

  static List<JsonObject> objects(@Nullable JsonArray array) {
    if (array == null) return List.of();
    return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }

  static long id(JsonObject thing) {
    if (thing.isNumber("id")) return thing.getLong("id");
    throw new CommandFailure.Unexpected("The answer has no id. Is that a Darkroom server?", null);
  }

  /// The field as a text to show; a dash where there is none.
  static String shown(JsonObject thing, String field) {
    Object value = thing.get(field);
    return value == null ? "-" : value.toString();
  }

  /// `2026-05-26 12:00` of a time.
  static String minute(JsonObject thing, String field) {
    String time = shown(thing, field);
    return time.length() < 16 ? time : time.substring(0, 16).replace('T', ' ');
  }
}
