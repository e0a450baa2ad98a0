package dev.darkroom.caption;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of captions and visual schemas: one object with each key once, nothing after it, texts
/// that can be kept as UTF-8. What was read can always be written again.
final class StrictJson {

  /// A caption is four levels deep; only what a visual schema says beside it may need more.
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A double would turn 1e999 into infinity, which JSON cannot hold.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final JsonMapper SORTED =
      JSON.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private StrictJson() {}

  static ObjectNode read(String text) throws FlawedJsonException {
    if (!(tree(text) instanceof ObjectNode object)) {
      throw new FlawedJsonException("is not a JSON object");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(write(object))) {
      throw new FlawedJsonException("holds half of a surrogate pair, which is no character");
    }
    return object;
  }

  private static JsonNode tree(String text) throws FlawedJsonException {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw new FlawedJsonException(
          "is not JSON at line %d, column %d: %s"
              .formatted(
                  place == null ? 1 : place.getLineNr(),
                  place == null ? 1 : place.getColumnNr(),
                  Excerpt.of(e.getOriginalMessage())));
    }
  }

  static String write(JsonNode node) {
    return JSON.writeValueAsString(node);
  }

  /// The same text for equal values, whatever the order of their keys.
  static String writeSorted(JsonNode node) {
    return SORTED.writeValueAsString(node);
  }
}
