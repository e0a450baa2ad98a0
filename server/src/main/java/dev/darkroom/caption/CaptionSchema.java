package dev.darkroom.caption;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema of the structured caption, and the rules that it cannot state: limits in words.
final class CaptionSchema {

  /// At most so many words, by path.
  private static final Map<String, Integer> MAX_WORDS =
      Map.of("short_description", 200, "artistic_style", 3);

  private static final Pattern WORD = Pattern.compile("[^\\s\\p{Z}]+");

  /// A text that is no caption at all can depart in thousands of places.
  private static final int MAX_DEPARTURES = 20;

  private static final ObjectNode TREE = load();
  private static final Schema SCHEMA = compile(TREE);
  private static final Map<String, CaptionPath> PATHS = pathsOf(TREE, "");

  private CaptionSchema() {}

  /// The schema, for the caller to change.
  static ObjectNode copy() {
    return TREE.deepCopy();
  }

  /// The places that have a name, in the schema's order.
  static Map<String, CaptionPath> paths() {
    return PATHS;
  }

  /// The place of this name, which there must be.
  static CaptionPath path(String dotted) {
    return Objects.requireNonNull(PATHS.get(dotted), dotted);
  }

  /// The place that holds this one; null for a place of the caption itself.
  static @Nullable CaptionPath parentOf(CaptionPath path) {
    int dot = path.dotted().lastIndexOf('.');
    return dot < 0 ? null : path(path.dotted().substring(0, dot));
  }

  /// The places that a place holds.
  static Stream<CaptionPath> within(CaptionPath parent) {
    return PATHS.values().stream().filter(path -> parent.equals(parentOf(path)));
  }

  /// In what a caption departs from the schema, a short sentence each; empty for a valid one.
  ///
  /// @param fixed its values at these paths may have more words than others
  static List<String> departures(ObjectNode caption, Map<String, JsonNode> fixed) {
    var departures =
        Stream.concat(
                SCHEMA.validate(caption).stream().map(CaptionSchema::sentence),
                MAX_WORDS.keySet().stream()
                    .sorted()
                    .filter(path -> !fixed.containsKey(path))
                    .flatMap(path -> tooManyWords(path, caption.path(path).asString(""))))
            .toList();
    if (departures.size() <= MAX_DEPARTURES) {
      return departures;
    }
    return Stream.concat(
            departures.stream().limit(MAX_DEPARTURES),
            Stream.of("and %d more".formatted(departures.size() - MAX_DEPARTURES)))
        .toList();
  }

  private static Stream<String> tooManyWords(String path, String text) {
    long words = WORD.matcher(text).results().count();
    int limit = MAX_WORDS.getOrDefault(path, Integer.MAX_VALUE);
    return words <= limit
        ? Stream.empty()
        : Stream.of("%s: %d words found, at most %d allowed".formatted(path, words, limit));
  }

  private static String sentence(Error error) {
    return "%s: %s".formatted(dotted(error.getInstanceLocation()), Excerpt.of(error.getMessage()));
  }

  /// Such as `objects[0].location`; `caption` for the whole of it.
  private static String dotted(NodePath path) {
    var dotted = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      if (path.getElement(i) instanceof Integer index) {
        dotted.append('[').append(index).append(']');
      } else {
        dotted.append(dotted.isEmpty() ? "" : ".").append(path.getName(i));
      }
    }
    return dotted.isEmpty() ? "caption" : dotted.toString();
  }

  private static Map<String, CaptionPath> pathsOf(JsonNode schema, String prefix) {
    var paths = new LinkedHashMap<String, CaptionPath>();
    for (var property : schema.path("properties").properties()) {
      var path =
          new CaptionPath(prefix + property.getKey(), typesOf(property.getValue().path("type")));
      paths.put(path.dotted(), path);
      paths.putAll(pathsOf(property.getValue(), path.dotted() + "."));
    }
    return paths;
  }

  private static Set<String> typesOf(JsonNode type) {
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).collect(Collectors.toUnmodifiableSet())
        : Set.of(type.asString());
  }

  private static Schema compile(ObjectNode tree) {
    // Without a locale the sentences would be in the language of the machine.
    var config = SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
    return SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(config))
        .getSchema(tree);
  }

  private static ObjectNode load() {
    try (InputStream schema = CaptionSchema.class.getResourceAsStream("fibo-caption.schema.json")) {
      return StrictJson.read(
          new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FlawedJsonException e) {
      throw new IllegalStateException(e);
    }
  }
}
