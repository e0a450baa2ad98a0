package dev.darkroom.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VisualSchemaTest {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Nested
  class Of {

    @Test
    void fixesWhatIsAPathToASingleValueDottedOrNested() {
      var schema =
          VisualSchema.of(
              """
              {"style_medium": "watercolour", "aesthetics.color_scheme": "pastel",
               "lighting": {"direction": "from above", "shadows": null}}
              """);
      assertThat(schema.fixed().keySet())
          .containsExactly(
              "style_medium", "aesthetics.color_scheme", "lighting.direction", "lighting.shadows");
      assertThat(schema.fixed().values().stream().map(JsonNode::toString))
          .containsExactly("\"watercolour\"", "\"pastel\"", "\"from above\"", "null");
      assertThat(schema.contextLines()).isEmpty();
    }

    @Test
    void takesAllOtherKeysForContext() {
      var schema =
          VisualSchema.of(
              """
              {"season": "autumn", "aesthetics": {"grain": "heavy"}, "style": {"line": ["thin"]},
               "number_of_objects": 3, "style_medium.paper": null, "objects": [{"description": "a fox"}],
               "objects[0].location": "left", "": "blank"}
              """);
      assertThat(schema.fixed()).isEmpty();
      assertThat(schema.contextLines())
          .containsExactly(
              "season: autumn",
              "aesthetics.grain: heavy",
              "style: {\"line\":[\"thin\"]}",
              "number_of_objects: 3",
              "style_medium.paper: null",
              "objects: [{\"description\":\"a fox\"}]",
              "objects[0].location: left",
              ": blank");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '`',
        value = {
          "{\"style_medium\": 3}; an integer at style_medium, where a caption has a string",
          "{\"style_medium\": null}; null at style_medium, where a caption has a string",
          "{\"style_medium\": {\"a\": 1}}; an object at style_medium, where a caption has a string",
          "{\"artistic_style\": [\"flat\"]}; an array at artistic_style, where",
          "{\"context\": true}; a boolean at context, where",
          "{\"context\": 0.5}; a number at context, where",
          "{\"lighting\": \"soft\"}; a string at lighting, where a caption has an object",
          "{\"lighting\": null}; null at lighting, where a caption has an object",
          "{\"lighting.shadows\": 1}; an integer at lighting.shadows, where a caption has a string or null",
          "{\"lighting\": {\"shadows\": 1}}; an integer at lighting.shadows, where",
          "{\"photographic_characteristics\": []}; an array at photographic_characteristics, where a caption has an object or null",
          "{\"photographic_characteristics.focus\": null}; null at photographic_characteristics.focus, where",
          "{\"objects\": \"a fox\"}; a string at objects, where a caption has an array",
          "{\"text_render\": null}; null at text_render, where a caption has an array"
        })
    void refusesAValueThatNoCaptionCanHaveThere(String text, String told) {
      assertThat(failure(text))
          .isInstanceOfSatisfying(
              VisualSchemaFailure.WrongType.class,
              failure -> {
                assertThat(failure.message()).contains("has " + told);
                assertThat(failure.status()).isEqualTo(400);
                assertThat(failure.type()).isEqualTo("visual-schema.wrong-type");
              });
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"lighting.shadows\": \"a\", \"lighting\": {\"shadows\": \"b\"}}",
          "{\"lighting\": {\"shadows\": \"a\"}, \"lighting.shadows\": \"b\"}",
          "{\"lighting.shadows\": null, \"lighting\": {\"shadows\": \"b\"}}",
          "{\"lighting.grain\": \"a\", \"lighting\": {\"grain\": \"b\"}}",
          "{\"photographic_characteristics\": null, \"photographic_characteristics.focus\": \"b\"}",
          "{\"photographic_characteristics.focus\": \"b\", \"photographic_characteristics\": null}"
        })
    void refusesTwoValuesForOnePath(String text) {
      assertThat(failure(text))
          .isInstanceOfSatisfying(
              VisualSchemaFailure.Ambiguous.class,
              failure -> {
                assertThat(failure.message()).contains("\"b\"").containsAnyOf("\"a\"", "null");
                assertThat(failure.status()).isEqualTo(400);
                assertThat(failure.type()).isEqualTo("visual-schema.ambiguous");
              });
    }

    @Test
    void takesOneValueThatIsThereTwice() {
      var schema =
          VisualSchema.of("{\"lighting.shadows\": \"a\", \"lighting\": {\"shadows\": \"a\"}}");
      assertThat(schema.fixed()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "null",
          "\"text\"",
          "{",
          "{} {}",
          "{\"a\": 1, \"a\": 1}",
          "{\"a\": NaN}",
          "{\"a\": \"\\udc00\"}",
          "{\"\\ud800\": 1}",
          "{\"\\ud800\": 1, \"\\ud800\": 2}"
        })
    void refusesWhatIsNoJsonObject(String text) {
      assertThat(failure(text).type()).isEqualTo("request.field-invalid");
      assertThat(failure(text).message())
          .contains("visual_schema", "a JSON object; this")
          .is(new Condition<>(StandardCharsets.UTF_8.newEncoder()::canEncode, "in UTF-8"));
    }

    @Test
    void refusesMoreThan32Kilobytes() {
      assertThat(VisualSchema.of(ofBytes(32_768)).contextLines()).hasSize(1);
      var failure = failure(ofBytes(32_769));
      assertThat(failure.type()).isEqualTo("visual-schema.too-large");
      assertThat(failure.limit()).isEqualTo(32_768);
      assertThat(failure.actual()).isEqualTo(32_769);
    }

    private static String ofBytes(int bytes) {
      return "{\"a\": \"%s\"}".formatted("x".repeat(bytes - "{\"a\": \"\"}".length()));
    }

    private static VisualSchemaFailure failure(String text) {
      try {
        VisualSchema.check(text);
      } catch (FailureException e) {
        return (VisualSchemaFailure) e.failure();
      }
      throw new AssertionError("taken: " + text);
    }
  }

  @Nested
  class RequestSchema {

    private final JsonNode plain = json(VisualSchema.of("{}").requestSchema());

    @Test
    void hasOnlyWhatStrictModeTakes() {
      checkStrict(plain);
    }

    private static void checkStrict(JsonNode schema) {
      assertThat(schema.propertyNames())
          .isSubsetOf(
              "type",
              "description",
              "properties",
              "required",
              "additionalProperties",
              "items",
              "enum");
      if (schema.has("properties")) {
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
        assertThat(schema.get("required").valueStream().map(JsonNode::asString))
            .containsExactlyElementsOf(schema.get("properties").propertyNames());
        schema.get("properties").forEach(RequestSchema::checkStrict);
      }
      if (schema.has("items")) {
        checkStrict(schema.get("items"));
      }
    }

    @Test
    void leavesTheSchemaAsItIsWhereNothingIsFixed() {
      assertThat(plain.at("/properties/style_medium").has("enum")).isFalse();
      assertThat(plain.at("/properties/photographic_characteristics/type").toString())
          .isEqualTo("[\"object\",\"null\"]");
      assertThat(json(VisualSchema.of("{\"season\": \"autumn\"}").requestSchema()))
          .isEqualTo(plain);
    }

    @Test
    void hasOneValueWhereItIsFixed() {
      var schema =
          json(
              VisualSchema.of(
                      """
                      {"style_medium": "oil", "lighting.shadows": null,
                       "photographic_characteristics": {"focus": "soft"}}
                      """)
                  .requestSchema());
      checkStrict(schema);
      var oil = schema.at("/properties/style_medium");
      assertThat(oil.get("type").asString()).isEqualTo("string");
      assertThat(oil.get("enum").toString()).isEqualTo("[\"oil\"]");
      assertThat(oil.has("description")).isTrue();
      var shadows = schema.at("/properties/lighting/properties/shadows");
      assertThat(shadows.get("type").asString()).isEqualTo("null");
      assertThat(shadows.get("enum").toString()).isEqualTo("[null]");
      var camera = schema.at("/properties/photographic_characteristics");
      assertThat(camera.get("type").asString()).isEqualTo("object");
      assertThat(camera.at("/properties/focus/enum").toString()).isEqualTo("[\"soft\"]");
      assertThat(camera.at("/properties/camera_angle").has("enum")).isFalse();
    }

    @Test
    void leavesOutAnObjectThatIsFixedToNull() {
      var camera =
          json(VisualSchema.of("{\"photographic_characteristics\": null}").requestSchema())
              .at("/properties/photographic_characteristics");
      assertThat(camera.propertyNames()).containsExactlyInAnyOrder("type", "description", "enum");
      assertThat(camera.get("type").asString()).isEqualTo("null");
    }
  }

  @Nested
  class Impose {

    @Test
    void setsTheFixedValuesAgain() {
      var text =
          TestCaptions.photograph(caption -> {
            caption.put("style_medium", 3);
            caption.remove("context");
            caption.withObject("/lighting").put("direction", "another");
          });
      var schema =
          "{\"style_medium\": \"oil\", \"context\": \"a poster\", \"lighting.direction\": \"above\"}";
      var caption = json(imposed(schema, text));
      assertThat(caption.get("style_medium").asString()).isEqualTo("oil");
      assertThat(caption.get("context").asString()).isEqualTo("a poster");
      assertThat(caption.at("/lighting/direction").asString()).isEqualTo("above");
      assertThat(caption.at("/lighting/conditions").asString()).isEqualTo("sunlight");
      GeneratedCaptions.assertValid(caption.toString(), schema);
    }

    @Test
    void fillsInPhotographicCharacteristicsWhereOneOfThemIsFixed() {
      var text = TestCaptions.photograph(c -> c.putNull("photographic_characteristics"));
      var camera =
          json(imposed("{\"photographic_characteristics.focus\": \"soft\"}", text))
              .get("photographic_characteristics");
      assertThat(camera.toString())
          .isEqualTo(
              "{\"depth_of_field\":\"not determined\",\"focus\":\"soft\","
                  + "\"camera_angle\":\"not determined\",\"lens_focal_length\":\"not determined\"}");
    }

    @Test
    void fixesNull() {
      var caption =
          json(
              imposed(
                  "{\"photographic_characteristics\": null, \"lighting.shadows\": null}",
                  TestCaptions.photograph()));
      assertThat(caption.get("photographic_characteristics").isNull()).isTrue();
      assertThat(caption.at("/lighting/shadows").isNull()).isTrue();
    }

    @Test
    void letsFixedValuesHaveMoreWords() {
      var schema = "{\"artistic_style\": \"one two three four\"}";
      var text = imposed(schema, TestCaptions.photograph());
      GeneratedCaptions.assertValid(text, schema);
      assertThat(FiboCaption.departures(text)).hasSize(1);
    }

    @Test
    void tellsWhatElseIsWrong() {
      var text =
          TestCaptions.photograph(caption -> {
            caption.put("lighting", "soft");
            caption.put("context", 1);
          });
      assertThat(departures("{\"lighting.direction\": \"above\"}", text))
          .containsExactlyInAnyOrder(
              "lighting: string found, object expected", "context: integer found, string expected");
      assertThat(departures("{}", "no JSON")).singleElement().asString().contains("is not JSON");
    }

    @Test
    void refusesWhatTheFixedValuesMakeTooLarge() {
      var text = TestCaptions.photograph(c -> c.put("background_setting", "x".repeat(50_000)));
      assertThat(departures("{\"context\": \"%s\"}".formatted("y".repeat(20_000)), text))
          .singleElement()
          .asString()
          .contains("at most 65536 allowed");
    }

    private static String imposed(String schema, String text) {
      return switch (VisualSchema.of(schema).impose(text)) {
        case CheckedCaption.Valid(var caption) -> caption.json();
        case CheckedCaption.Departing(var departures) ->
            throw new AssertionError(departures.toString());
      };
    }

    private static List<String> departures(String schema, String text) {
      return ((CheckedCaption.Departing) VisualSchema.of(schema).impose(text)).departures();
    }
  }

  @Nested
  class Departures {

    @Test
    void tellsOfEachFixedValueThatDoesNotStand() {
      var schema = VisualSchema.of("{\"style_medium\": \"oil\", \"lighting.shadows\": null}");
      assertThat(schema.departures(TestCaptions.photograph()))
          .containsExactly(
              "style_medium: the visual_schema fixes it to \"oil\"",
              "lighting.shadows: the visual_schema fixes it to null");
      assertThat(VisualSchema.of("{\"season\": 1}").departures(TestCaptions.photograph()))
          .isEmpty();
    }

    @Test
    void takesAnyText() {
      var schema = VisualSchema.of("{\"style_medium\": \"oil\"}");
      assertThat(schema.departures("{}")).hasSizeGreaterThan(10);
      assertThat(schema.departures("no JSON")).hasSize(1);
      assertThatThrownBy(() -> GeneratedCaptions.assertValid("{}", schema.json()))
          .isInstanceOf(AssertionError.class);
      assertThatThrownBy(
              () -> GeneratedCaptions.assertValid(TestCaptions.photograph(), schema.json()))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Nested
  class Hash {

    @Test
    void isOfWhatIsSaidAndNotOfItsSpelling() {
      var hash =
          VisualSchema.of("{\"a\": {\"x\": 1, \"y\": 2}, \"lighting.shadows\": \"s\"}").hash();
      assertThat(hash).matches("[0-9a-f]{64}");
      assertThat(
              VisualSchema.of(" {\"lighting\": {\"shadows\":\"s\"},\n \"a\": {\"y\": 2, \"x\": 1}}")
                  .hash())
          .isEqualTo(hash);
      assertThat(
              VisualSchema.of("{\"a\": {\"x\": 1, \"y\": 2}, \"lighting.shadows\": \"t\"}").hash())
          .isNotEqualTo(hash);
      assertThat(
              VisualSchema.of("{\"a\": {\"x\": 1, \"y\": 3}, \"lighting.shadows\": \"s\"}").hash())
          .isNotEqualTo(hash);
      assertThat(VisualSchema.of("{}").hash()).isNotEqualTo(hash);
    }

    @Test
    void isToBeHadOfAnyNumberAndAnyDepth() {
      assertThat(VisualSchema.of("{\"a\": 1e99999}").hash()).hasSize(64);
      var deepest = "{\"a\":".repeat(63) + "{}" + "}".repeat(63);
      assertThat(VisualSchema.of(deepest).hash()).hasSize(64);
    }
  }

  @Nested
  class SharedBy {

    @Test
    void isWhatAllCaptionsAgreeOnAndKnow() {
      var first =
          TestCaptions.photograph(c -> {
            c.put("style_medium", "not determined");
            c.withObject("/lighting").putNull("shadows");
            c.withObject("/aesthetics").put("composition", "wide");
          });
      var second =
          TestCaptions.photograph(c -> {
            c.put("style_medium", "not determined");
            c.put("short_description", "Another.");
            c.putNull("photographic_characteristics");
            c.withObject("/lighting").putNull("shadows");
          });
      assertThat(shared(first, second))
          .isEqualTo(
              "{\"background_setting\":\"a white wall\","
                  + "\"lighting\":{\"conditions\":\"sunlight\",\"direction\":\"from the left\"},"
                  + "\"aesthetics\":{\"color_scheme\":\"red on white\",\"mood_atmosphere\":\"calm\"},"
                  + "\"artistic_style\":\"realistic\",\"context\":\"a picture of a street\"}");
    }

    @Test
    void isAVisualSchemaThatFixesIt() {
      var shared = shared(TestCaptions.photograph(), TestCaptions.photograph());
      assertThat(VisualSchema.of(shared).fixed()).hasSize(15);
      GeneratedCaptions.assertValid(TestCaptions.photograph(), shared);
    }

    @Test
    void isEmptyWhereThereIsNothing() {
      assertThat(shared()).isEqualTo("{}");
    }

    private static String shared(String... captions) {
      return VisualSchema.sharedBy(List.of(captions).stream().map(TestCaptions::valid).toList());
    }
  }
}
