package dev.darkroom.caption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.failure.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Any visual schema over any reply: a valid caption with every fixed value, or departures.
class RandomVisualSchemasTest {

  private static final int ROUNDS = 5_000;
  private static final List<String> VALUES =
      List.of(
          "\"soft\"",
          "\"\"",
          "\"one two three four five\"",
          "\"\\u0000 \\\" é 日本\"",
          "null",
          "3",
          "1e999",
          "true",
          "[]",
          "{}",
          "{\"a\": [1]}",
          "[\"soft\"]");

  @Test
  void giveAValidCaptionWithEveryFixedValueOrDepartures() {
    var valid = 0;
    var departing = 0;
    var refused = 0;
    for (var seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var text = visualSchema(random);
      try {
        var schema = VisualSchema.of(text);
        switch (schema.impose(reply(random))) {
          case CheckedCaption.Valid(var caption) -> {
            valid++;
            GeneratedCaptions.assertValid(caption.json(), text);
          }
          case CheckedCaption.Departing(var departures) -> {
            departing++;
            assertThat(departures).as("seed %d", seed).isNotEmpty();
          }
        }
      } catch (FailureException e) {
        refused++;
        assertThat(e.failure()).as("seed %d", seed).isInstanceOf(VisualSchemaFailure.class);
      }
    }
    assertThat(List.of(valid, departing, refused)).allMatch(count -> count > ROUNDS / 20);
  }

  private static String visualSchema(Random random) {
    var schema = JsonNodeFactory.instance.objectNode();
    for (var i = random.nextInt(4); i > 0; i--) {
      var path = path(random);
      var value = random.nextInt(4) == 0 ? value(random) : json("\"fixed %d words\"".formatted(i));
      var dot = path.indexOf('.');
      var holder = dot < 0 ? schema : schema.path(path.substring(0, dot));
      if (dot > 0 && random.nextBoolean() && (holder.isObject() || holder.isMissingNode())) {
        schema.withObjectProperty(path.substring(0, dot)).set(path.substring(dot + 1), value);
      } else {
        schema.set(path, value);
      }
    }
    return schema.toString();
  }

  private static String reply(Random random) {
    var text =
        TestCaptions.photograph(caption -> {
          for (var i = random.nextInt(3); i > 0; i--) {
            damage(caption, random);
          }
        });
    return random.nextInt(20) == 0 ? text.substring(random.nextInt(text.length())) : text;
  }

  private static void damage(ObjectNode caption, Random random) {
    var path = path(random);
    var holder = caption.at(pointer(path.contains(".") ? path.replaceFirst("\\..*", "") : ""));
    if (holder instanceof ObjectNode object) {
      var key = path.substring(path.indexOf('.') + 1);
      if (random.nextBoolean()) {
        object.set(key, value(random));
      } else {
        object.remove(key);
      }
    }
  }

  private static String pointer(String key) {
    return key.isEmpty() ? "" : "/" + key;
  }

  private static String path(Random random) {
    var paths = new ArrayList<>(CaptionSchema.paths().keySet());
    paths.add("season");
    paths.add("aesthetics.grain");
    return paths.get(random.nextInt(paths.size()));
  }

  private static JsonNode value(Random random) {
    return json(VALUES.get(random.nextInt(VALUES.size())));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
