package dev.darkroom.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

class FiboCaptionTest {

  @Test
  void takesAWholeCaptionAsItIs() {
    var text = TestCaptions.photograph();
    assertThat(FiboCaption.departures(text)).isEmpty();
    assertThat(TestCaptions.valid(text).json()).isEqualTo(text);
  }

  @Test
  void takesNullWhereAFieldMayBeNullAndEmptyLists() {
    var text =
        TestCaptions.photograph(caption -> {
          caption.withObject("/lighting").putNull("shadows");
          caption.putNull("photographic_characteristics");
          caption.putArray("objects");
          caption.putArray("text_render");
        });
    assertThat(FiboCaption.departures(text)).isEmpty();
  }

  @Test
  void takesNullNowhereElse() {
    var nullable = 0;
    var scalars = 0;
    for (var path : CaptionSchema.paths().values()) {
      scalars += path.isValue() ? 1 : 0;
      var text = TestCaptions.photograph(caption -> path.set(caption, NullNode.getInstance()));
      if (path.mayBeNull()) {
        nullable++;
        assertThat(FiboCaption.departures(text)).as(path.dotted()).isEmpty();
      } else {
        assertThat(FiboCaption.departures(text))
            .singleElement()
            .asString()
            .startsWith(path.dotted() + ": null found, ");
      }
    }
    assertThat(nullable).as("shadows and photographic_characteristics").isEqualTo(2);
    assertThat(scalars).isEqualTo(15);
  }

  @Test
  void needsEveryKeyAndNoOther() {
    var whole = (ObjectNode) JsonMapper.shared().readTree(TestCaptions.photograph());
    for (var holder : new String[] {"", "/lighting", "/objects/0", "/text_render/0"}) {
      for (var key : whole.at(holder).propertyNames()) {
        assertThat(departures(c -> ((ObjectNode) c.at(holder)).remove(key)))
            .as(holder + "/" + key)
            .singleElement()
            .asString()
            .contains("required property '" + key + "' not found");
      }
      assertThat(departures(c -> ((ObjectNode) c.at(holder)).put("rating", 5)))
          .as(holder)
          .singleElement()
          .asString()
          .contains("'rating'");
    }
  }

  @Test
  void namesThePlaceOfEachDeparture() {
    assertThat(
            departures(caption -> {
              caption.withObject("/lighting").put("direction", 3);
              ((ObjectNode) caption.at("/objects/0")).put("number_of_objects", 1.5);
              caption.remove("context");
            }))
        .containsExactlyInAnyOrder(
            "lighting.direction: integer found, string expected",
            "objects[0].number_of_objects: number found, [integer, null] expected",
            "caption: required property 'context' not found");
  }

  @Test
  void speaksEnglishOnEveryMachine() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(departures(caption -> caption.put("context", 1)))
          .containsExactly("context: integer found, string expected");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void takesFiveObjectsAndNoSixth() {
    assertThat(departures(caption -> copyObject(caption, 5))).isEmpty();
    assertThat(departures(caption -> copyObject(caption, 6)))
        .singleElement()
        .asString()
        .startsWith("objects: must have at most 5 items");
  }

  private static void copyObject(ObjectNode caption, int count) {
    var objects = (ArrayNode) caption.get("objects");
    while (objects.size() < count) {
      objects.add(objects.get(0).deepCopy());
    }
  }

  @ParameterizedTest
  @CsvSource({"short_description, 200", "artistic_style, 3"})
  void countsWords(String field, int limit) {
    var most = "\u00a0 w\u3000".repeat(limit);
    assertThat(departures(caption -> caption.put(field, most))).isEmpty();
    assertThat(departures(caption -> caption.put(field, most + "w")))
        .containsExactly(
            "%s: %d words found, at most %d allowed".formatted(field, limit + 1, limit));
    assertThat(departures(caption -> caption.put(field, ""))).isEmpty();
  }

  static Stream<String> texts() {
    return Stream.of(
        "",
        " ",
        "a red bicycle",
        "null",
        "[]",
        "\"text\"",
        "{",
        TestCaptions.photograph() + " {}",
        TestCaptions.photograph() + "x",
        TestCaptions.photograph(c -> c.put("context", "a")).replace("\"a\"", "NaN"),
        TestCaptions.photograph().replaceFirst("\\{", "{\"context\": \"twice\","),
        TestCaptions.photograph(c -> c.put("context", "a")).replace("\"a\"", "\"\\ud800\""),
        "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
        "[".repeat(30_000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void refusesWhatIsNoJsonObject(String text) {
    assertThat(FiboCaption.parse(text))
        .isInstanceOfSatisfying(
            CheckedCaption.Departing.class,
            departing ->
                assertThat(departing.departures())
                    .singleElement()
                    .asString()
                    .startsWith("caption: ")
                    .hasSizeLessThan(250));
  }

  @Test
  void refusesATextOfMoreThan64Kilobytes() {
    var free = 65_536 - TestCaptions.photograph(c -> c.put("context", "")).length();
    assertThat(departures(c -> c.put("context", "é".repeat(free / 2)))).isEmpty();
    assertThat(departures(c -> c.put("context", "é".repeat(free / 2 + 1))))
        .singleElement()
        .asString()
        .matches("caption: has \\d+ bytes, at most 65536 allowed");
  }

  @Test
  void tellsOfTwentyDeparturesAndCountsTheRest() {
    var many = new StringBuilder("{\"k0\": 0");
    for (var i = 1; i < 1000; i++) {
      many.append(", \"k").append(i).append("\": 0");
    }
    assertThat(FiboCaption.departures(many + "}"))
        .hasSize(21)
        .last()
        .asString()
        .matches("and 9\\d\\d more");
  }

  private static List<String> departures(Consumer<ObjectNode> change) {
    return FiboCaption.departures(TestCaptions.photograph(change));
  }
}
