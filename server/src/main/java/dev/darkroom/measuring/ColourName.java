package dev.darkroom.measuring;

import java.util.Locale;

/// The names that a colour can have, and the rule that gives them: a place in OKLab's cylinder of
/// lightness (0 to 1), chroma (0 is grey) and hue (degrees).
enum ColourName {
  BLACK,
  DARK_GREY,
  GREY,
  LIGHT_GREY,
  WHITE,
  DARK_RED,
  RED,
  PINK,
  CRIMSON,
  MAGENTA,
  MAUVE,
  BURGUNDY,
  DARK_BROWN,
  BROWN,
  TAN,
  BEIGE,
  ORANGE,
  PEACH,
  CREAM,
  KHAKI,
  YELLOW,
  OCHRE,
  OLIVE,
  DARK_GREEN,
  GREY_GREEN,
  GREEN,
  LIGHT_GREEN,
  DARK_TEAL,
  TEAL,
  TURQUOISE,
  DARK_BLUE,
  GREY_BLUE,
  BLUE,
  LIGHT_BLUE,
  DARK_VIOLET,
  VIOLET,
  LILAC;

  /// Below this chroma a colour is a grey.
  static final double NEUTRAL = 0.03;

  private static final double NO_LIGHT = 0.15;
  private static final double ALL_LIGHT = 0.96;

  private static final int LIGHTNESS_CELLS = 32;
  private static final int AXIS_CELLS = 64;
  private static final double AXIS_STEP = 0.0125;

  /// Puts zero into the middle of a cell, so that the noise around grey stays in one.
  private static final double AXIS_START = -31.5 * AXIS_STEP;

  /// How many cells the colours are sorted into.
  static final int CELLS = LIGHTNESS_CELLS * AXIS_CELLS * AXIS_CELLS;

  private static final ColourName[] NAMES = names();

  /// As people read it, such as `dark green`.
  String label() {
    return name()
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ')
        .replace("grey blue", "grey-blue")
        .replace("grey green", "grey-green");
  }

  /// The cell that a colour lies in. Cells are 1/32 of lightness high and 1/80 of each colour axis
  /// wide; a colour has the name of its cell's middle.
  static int cellOf(float lightness, float a, float b) {
    int l = Math.clamp((int) (lightness * LIGHTNESS_CELLS), 0, LIGHTNESS_CELLS - 1);
    return (l * AXIS_CELLS + axisCell(a)) * AXIS_CELLS + axisCell(b);
  }

  private static int axisCell(float value) {
    return Math.clamp((int) ((value - AXIS_START) / AXIS_STEP), 0, AXIS_CELLS - 1);
  }

  static ColourName ofCell(int cell) {
    return NAMES[cell];
  }

  private static ColourName[] names() {
    var names = new ColourName[CELLS];
    for (int x = 0; x < AXIS_CELLS; x++) {
      for (int y = 0; y < AXIS_CELLS; y++) {
        double a = AXIS_START + AXIS_STEP * (x + 0.5);
        double b = AXIS_START + AXIS_STEP * (y + 0.5);
        double chroma = Math.sqrt(a * a + b * b);
        double hue = Hue.of(a, b);
        for (int l = 0; l < LIGHTNESS_CELLS; l++) {
          names[(l * AXIS_CELLS + x) * AXIS_CELLS + y] =
              of((l + 0.5) / LIGHTNESS_CELLS, chroma, hue);
        }
      }
    }
    return names;
  }

  /// The name of a colour.
  static ColourName of(double lightness, double chroma, double hue) {
    if (lightness < NO_LIGHT) return BLACK;
    if (lightness >= ALL_LIGHT && chroma < 0.04) return WHITE;
    if (chroma < NEUTRAL) return grey(lightness);
    if (hue < 12 || hue >= 325) return pink(lightness, chroma, hue);
    if (hue < 38) return red(lightness, chroma);
    if (hue < 80) return chroma < 0.12 ? brown(lightness) : orange(lightness);
    if (hue < 118) return chroma < 0.08 ? sand(lightness) : yellow(lightness);
    if (hue < 168) return green(lightness, chroma);
    if (hue < 212) return teal(lightness);
    return hue < 288 ? blue(lightness, chroma) : violet(lightness);
  }

  private static ColourName grey(double lightness) {
    if (lightness < 0.25) return BLACK;
    if (lightness < 0.48) return DARK_GREY;
    if (lightness < 0.72) return GREY;
    return lightness < 0.93 ? LIGHT_GREY : WHITE;
  }

  private static ColourName pink(double lightness, double chroma, double hue) {
    if (lightness < 0.40) return BURGUNDY;
    if (lightness >= 0.72) return PINK;
    if (chroma < 0.08) return MAUVE;
    return hue >= 325 && hue < 352 ? MAGENTA : CRIMSON;
  }

  private static ColourName red(double lightness, double chroma) {
    if (chroma < 0.10) return lightness < 0.65 ? brown(lightness) : PINK;
    if (lightness < 0.42) return DARK_RED;
    return lightness < 0.75 ? RED : PINK;
  }

  private static ColourName brown(double lightness) {
    if (lightness < 0.40) return DARK_BROWN;
    if (lightness < 0.60) return BROWN;
    return lightness < 0.80 ? TAN : BEIGE;
  }

  private static ColourName orange(double lightness) {
    if (lightness < 0.60) return brown(lightness);
    return lightness < 0.82 ? ORANGE : PEACH;
  }

  private static ColourName sand(double lightness) {
    if (lightness < 0.55) return OLIVE;
    return lightness < 0.80 ? KHAKI : CREAM;
  }

  private static ColourName yellow(double lightness) {
    if (lightness < 0.60) return OLIVE;
    return lightness < 0.76 ? OCHRE : YELLOW;
  }

  private static ColourName green(double lightness, double chroma) {
    if (lightness < 0.42) return DARK_GREEN;
    if (lightness >= 0.78) return LIGHT_GREEN;
    return chroma < 0.06 ? GREY_GREEN : GREEN;
  }

  private static ColourName teal(double lightness) {
    if (lightness < 0.40) return DARK_TEAL;
    return lightness < 0.68 ? TEAL : TURQUOISE;
  }

  private static ColourName blue(double lightness, double chroma) {
    if (lightness < 0.40) return DARK_BLUE;
    if (lightness >= 0.72) return LIGHT_BLUE;
    return chroma < 0.06 ? GREY_BLUE : BLUE;
  }

  private static ColourName violet(double lightness) {
    if (lightness < 0.40) return DARK_VIOLET;
    return lightness < 0.72 ? VIOLET : LILAC;
  }
}
