package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaletteTest {

  /// CSS colours and what people call them.
  @ParameterizedTest
  @CsvSource({
    "000000, black",
    "1a1a1a, black",
    "444444, dark grey",
    "808080, grey",
    "c0c0c0, light grey",
    "ffffff, white",
    "ff0000, red",
    "8b0000, dark red",
    "c2185b, crimson",
    "ffc0cb, pink",
    "ff00ff, magenta",
    "ff8c00, orange",
    "8b4513, brown",
    "d2b48c, tan",
    "f5deb3, beige",
    "3b2314, dark brown",
    "ffff00, yellow",
    "b09010, ochre",
    "808000, olive",
    "008000, green",
    "90ee90, light green",
    "004000, dark green",
    "008080, teal",
    "40e0d0, turquoise",
    "0000ff, blue",
    "87ceeb, light blue",
    "000060, dark blue",
    "607890, grey-blue",
    "8a2be2, violet",
    "4b0082, dark violet",
    "d8b0f0, lilac"
  })
  void callsAColourWhatPeopleCallIt(String hex, String name) {
    var palette = Palette.of(Painted.pixels(Painted.plain(Integer.parseInt(hex, 16))));
    assertThat(palette.words()).isEqualTo(name);
    assertThat(palette.shares()).extracting(Palette.Share::share).containsExactly(1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.029, 200, GREY",
    "0.5, 0.03, 200, TEAL",
    "0.149, 0.2, 20, BLACK",
    "0.15, 0.2, 20, DARK_RED",
    "0.249, 0, 0, BLACK",
    "0.25, 0, 0, DARK_GREY",
    "0.48, 0, 0, GREY",
    "0.72, 0, 0, LIGHT_GREY",
    "0.93, 0, 0, WHITE",
    "0.6, 0.2, 11.9, CRIMSON",
    "0.6, 0.2, 12, RED",
    "0.6, 0.2, 38, ORANGE",
    "0.6, 0.119, 38, TAN",
    "0.6, 0.2, 80, OCHRE",
    "0.6, 0.079, 80, KHAKI",
    "0.6, 0.2, 118, GREEN",
    "0.6, 0.2, 168, TEAL",
    "0.6, 0.2, 212, BLUE",
    "0.6, 0.2, 288, VIOLET",
    "0.6, 0.2, 325, MAGENTA",
    "0.6, 0.2, 352, CRIMSON",
    "0.6, 0.079, 340, MAUVE",
    "0.399, 0.2, 340, BURGUNDY"
  })
  void drawsTheBordersWhereTheDocumentSays(
      double lightness, double chroma, double hue, ColourName name) {
    assertThat(ColourName.of(lightness, chroma, hue)).isEqualTo(name);
  }

  @Test
  void listsTheLargestFirstAndLeavesOutTheSmall() {
    Map<ColourName, Double> shares = new EnumMap<>(ColourName.class);
    shares.put(ColourName.RED, 0.08);
    shares.put(ColourName.BLUE, 0.079);
    shares.put(ColourName.GREEN, 0.5);
    assertThat(Palette.largest(shares).words()).isEqualTo("green and red");
  }

  @Test
  void listsFourAtMostAndEqualOnesInTheOrderOfTheTable() {
    Map<ColourName, Double> shares = new EnumMap<>(ColourName.class);
    for (var colour : ColourName.values()) shares.put(colour, 0.1);
    assertThat(Palette.largest(shares).words()).isEqualTo("black, dark grey, grey and light grey");
    assertThat(Palette.largest(Map.of()).words()).isEqualTo("many colours");
  }
}
