package dev.darkroom.moderation;

import dev.darkroom.moderation.Verdict.Passed;
import dev.darkroom.moderation.Verdict.Rejected;
import java.util.Map;

/// What the model says of a picture: how likely it is of each class. Together that is 1.
record ModelScores(double drawing, double hentai, double neutral, double porn, double sexy) {

  /// From the model's output, which is in the order of the components.
  static ModelScores of(float[] scores) {
    return new ModelScores(scores[0], scores[1], scores[2], scores[3], scores[4]);
  }

  /// Whether they are numbers. Others would compare as harmless.
  boolean areUsable() {
    return Double.isFinite(drawing + hentai + neutral + porn + sexy);
  }

  /// Porn and hentai are one thing, photographed or drawn, and count together; sexy, which the
  /// model says of people in swimwear, does not count.
  Verdict verdict(double threshold) {
    double score = Math.min(porn + hentai, 1);
    if (score < threshold) return new Passed(byCategory());
    return new Rejected(porn >= hentai ? "porn" : "hentai", score, threshold, byCategory());
  }

  private Map<String, Double> byCategory() {
    return Map.of(
        "drawing", drawing, "hentai", hentai, "neutral", neutral, "porn", porn, "sexy", sexy);
  }
}
