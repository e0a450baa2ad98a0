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
    String names = measures.palette().words();
    String saturation = measures.saturation().words();
    if (hasOneTone()) return saturation + ": " + names;
    String warmth = measures.warmth().words();
    return warmth.equals("neutral")
        ? "%s, neither warm nor cool: %s".formatted(saturation, names)
        : "%s, %s: %s".formatted(warmth, saturation, names);
  }

  private boolean hasOneTone() {
    return measures.saturation().isMonochrome() || measures.saturation().isSepia();
  }

  private boolean focusSays() {
    return !measures.focus().words().equals(Words.NOT_DETERMINED);
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(Words.sentence(form()));
    sentences.add(Words.sentence((hasOneTone() ? "it is " : "it has ") + colours()));
    if (focusSays()) sentences.add(Words.sentence("it is " + measures.focus().words()));
    if (!measures.light().words().equals(Words.NOT_DETERMINED)) {
      sentences.add(Words.sentence("it is " + measures.light().words()));
    }
    var balance = measures.balance();
    sentences.add(Words.sentence((balance.isEven() ? "it is " : "it has its ") + balance.words()));
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
}
