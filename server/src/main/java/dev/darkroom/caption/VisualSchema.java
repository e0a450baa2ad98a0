package dev.darkroom.caption;

import dev.darkroom.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What every image of a dataset shares: values that are fixed in each caption, and whatever else
/// is true of all images, which informs the prompt.
///
/// A key, dotted or nested, that is a path of the caption schema to a single value fixes it. All
/// other keys are context, and so are the caption's lists.
public final class VisualSchema {

  /// In UTF-8; half of what a caption may have, which holds all the fixed values.
  public static final int MAX_BYTES = FiboCaption.MAX_BYTES / 2;

  private final String json;
  private final Map<String, JsonNode> fixed;
  private final Map<String, JsonNode> context;

  private VisualSchema(String json, VisualSchemaReader values) {
    this.json = json;
    this.fixed = values.fixed();
    this.context = values.context();
  }

  /// Takes a text for a visual schema.
  ///
  /// @throws FailureException with a [VisualSchemaFailure] where it is none
  public static VisualSchema of(String json) {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new FailureException(new VisualSchemaFailure.TooLarge(bytes, MAX_BYTES));
    }
    try {
      return new VisualSchema(json, new VisualSchemaReader(StrictJson.read(json)));
    } catch (FlawedJsonException e) {
      throw new FailureException(new VisualSchemaFailure.NotAnObject(e.why()), e);
    }
  }

  /// Refuses a text that is no visual schema.
  ///
  /// @throws FailureException with a [VisualSchemaFailure]
  public static void check(String json) {
    var _ = of(json);
  }

  /// What captions agree on, as the text of a visual schema: each single value that all of them
  /// have, and that says something.
  public static String sharedBy(List<FiboCaption> captions) {
    var shared = JsonNodeFactory.instance.objectNode();
    for (var path : CaptionSchema.paths().values()) {
      var values = captions.stream().map(caption -> caption.at(path)).distinct().toList();
      if (values.size() == 1 && says(path, values.getFirst())) {
        fill(shared, CaptionSchema.parentOf(path));
        path.set(shared, values.getFirst());
      }
    }
    return StrictJson.write(shared);
  }

  private static void fill(ObjectNode object, @Nullable CaptionPath path) {
    if (path != null && !object.has(path.dotted())) {
      object.putObject(path.dotted());
    }
  }

  private static boolean says(CaptionPath path, JsonNode value) {
    return path.isValue()
        && !value.isNull()
        && !value.isMissingNode()
        && !value.asString().equals(FiboCaption.NOT_DETERMINED);
  }

  /// The text that this was made of.
  public String json() {
    return json;
  }

  /// The fixed values by dotted path: texts, or null where the schema has it.
  public Map<String, JsonNode> fixed() {
    return fixed;
  }

  /// What else is true of every image, a line for each key, such as `season: autumn`.
  public List<String> contextLines() {
    return context.entrySet().stream().map(e -> e.getKey() + ": " + inWords(e.getValue())).toList();
  }

  private static String inWords(JsonNode value) {
    return value.isString() ? value.asString() : StrictJson.write(value);
  }

  /// The caption schema for a request's strict `response_format`, in which each fixed value is the
  /// only one that its path can have.
  public String requestSchema() {
    return StrictJson.write(RequestSchema.with(fixed));
  }

  /// Sets the fixed values again in a text that should be a caption, and checks it. Fixed values
  /// win over the limits in words.
  public CheckedCaption impose(String reply) {
    try {
      var caption = FiboCaption.read(reply);
      fixed.forEach((dotted, value) -> impose(caption, CaptionSchema.path(dotted), value));
      // The fixed values may have made it too large.
      return FiboCaption.check(FiboCaption.read(StrictJson.write(caption)), fixed);
    } catch (FlawedJsonException e) {
      return FiboCaption.flawed(e);
    }
  }

  private static void impose(ObjectNode caption, CaptionPath path, JsonNode value) {
    var parent = CaptionSchema.parentOf(path);
    if (parent != null && parent.mayBeNull() && parent.in(caption).isNull()) {
      parent.set(caption, undetermined(parent));
    }
    // Where the parent is no object nothing is set; the check then says what is wrong.
    path.set(caption, value);
  }

  private static ObjectNode undetermined(CaptionPath parent) {
    var object = JsonNodeFactory.instance.objectNode();
    CaptionSchema.within(parent)
        .forEach(path -> object.put(path.keys().getLast(), FiboCaption.NOT_DETERMINED));
    return object;
  }

  /// In what a text departs from a valid caption of this dataset, a short sentence each.
  public List<String> departures(String text) {
    try {
      var caption = FiboCaption.read(text);
      var departures = new ArrayList<>(CaptionSchema.departures(caption, fixed));
      fixed.forEach((dotted, value) -> {
        if (!value.equals(CaptionSchema.path(dotted).in(caption))) {
          departures.add(
              "%s: the visual_schema fixes it to %s"
                  .formatted(dotted, Excerpt.of(StrictJson.write(value))));
        }
      });
      return List.copyOf(departures);
    } catch (FlawedJsonException e) {
      return List.of("caption: " + e.why());
    }
  }

  /// SHA-256 in hex of what this says, however it is spelled: the order of keys, white space, and
  /// whether keys are dotted or nested make no difference.
  public String hash() {
    var said = JsonNodeFactory.instance.objectNode();
    fixed.forEach(said.putObject("fixed")::set);
    context.forEach(said.putObject("context")::set);
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha256.digest(StrictJson.writeSorted(said).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
