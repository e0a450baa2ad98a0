package dev.darkroom.measuring;

import java.util.ArrayList;
import java.util.List;

/// The measures of a picture in sentences.
record MeasuredText(Measures measures) {

  /// Two sentences or three.
  String shortDescription() {
    return String.join(" ", sentences().subList(0, focusSays() ? 3 : 2));
  }

  /// All that was measured, in one paragraph.
  String paragraph() {
    return String.join(" ", sentences());
  }

  /// Such as `warm, muted colours: brown, dark green and light blue`.
  String colours() {
    var saturation = measures.saturation();
    String palette = measures.palette().words();
    if (saturation.isMonochrome()) return saturation.words() + ": " + palette;
    String warmth = measures.warmth().words();
    String lean = warmth.equals("neutral") ? "neither warm nor cool" : warmth;
    return "%s, %s: %s".formatted(lean, saturation.words(), palette);
  }

  private boolean focusSays() {
    return !measures.focus().words().equals(Words.NOT_DETERMINED);
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(Words.sentence(form()));
    sentences.add(Words.sentence("its colours are " + colours()));
    if (focusSays()) sentences.add(Words.sentence("it is " + measures.focus().words()));
    sentences.add(Words.sentence("it is " + composition()));
    sentences.add(Words.sentence("there are " + measures.tones().shadowWords()));
    if (!measures.lens().words().equals(Words.NOT_DETERMINED)) {
      sentences.add(Words.sentence("taken at " + measures.lens().words()));
    }
    return sentences;
  }

  private String form() {
    var tones = measures.tones();
    return "%s in %s format (%s), %s with %s"
        .formatted(
            subject(),
            measures.frame().orientation(),
            measures.frame().aspect(),
            tones.brightness(),
            tones.contrastWords());
  }

  private String subject() {
    if (measures.medium().exposed()) return "a photograph";
    return measures.medium().isFlat() ? "an illustration in flat colours" : "a picture";
  }

  private String composition() {
    return Words.joined(", ", measures.light().words(), measures.balance().words());
  }
}
