package dev.darkroom.caption;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A structured caption of an image, valid under the schema of captions.
public final class FiboCaption {

  /// What a field says that may not be null and about which nothing is known.
  public static final String NOT_DETERMINED = "not determined";

  /// In UTF-8. A caption of five objects at full length has some 6 KB.
  static final int MAX_BYTES = 65_536;

  private final ObjectNode tree;

  private FiboCaption(ObjectNode tree) {
    this.tree = tree;
  }

  /// Takes a text for a caption, where it is a valid one.
  public static CheckedCaption parse(String text) {
    try {
      return check(read(text), Map.of());
    } catch (FlawedJsonException e) {
      return flawed(e);
    }
  }

  /// In what a text departs from a valid caption, a short sentence each; empty for a valid one.
  public static List<String> departures(String text) {
    return switch (parse(text)) {
      case CheckedCaption.Valid _ -> List.of();
      case CheckedCaption.Departing(var departures) -> departures;
    };
  }

  /// The caption as JSON, its keys in the order in which they came.
  public String json() {
    return StrictJson.write(tree);
  }

  JsonNode at(CaptionPath path) {
    return path.in(tree);
  }

  static ObjectNode read(String text) throws FlawedJsonException {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new FlawedJsonException("has %d bytes, at most %d allowed".formatted(bytes, MAX_BYTES));
    }
    return StrictJson.read(text);
  }

  /// @param fixed what stands in the caption by a visual schema
  static CheckedCaption check(ObjectNode tree, Map<String, JsonNode> fixed) {
    var departures = CaptionSchema.departures(tree, fixed);
    return departures.isEmpty()
        ? new CheckedCaption.Valid(new FiboCaption(tree))
        : new CheckedCaption.Departing(departures);
  }

  static CheckedCaption flawed(FlawedJsonException flaw) {
    return new CheckedCaption.Departing(List.of("caption: " + flaw.why()));
  }
}
