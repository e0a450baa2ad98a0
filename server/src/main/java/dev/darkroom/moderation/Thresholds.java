package dev.darkroom.moderation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// From which score on a picture is refused, by category.
///
/// @param byCategory above 0, at most 1
/// @param others that of every category that is not in `byCategory`
/// @param ignored categories for which no picture is refused
record Thresholds(Map<String, Double> byCategory, double others, List<String> ignored) {

  Thresholds {
    byCategory = Map.copyOf(byCategory);
    ignored = List.copyOf(ignored);
  }

  Verdict verdict(Map<String, Double> scores) {
    Optional<Verdict.Rejected> heaviest =
        scores.entrySet().stream()
            .filter(score -> !ignored.contains(score.getKey()))
            .map(score ->
                new Verdict.Rejected(score.getKey(), score.getValue(), of(score.getKey()), scores))
            .filter(rejected -> rejected.score() >= rejected.threshold())
            .max((one, other) -> Double.compare(weight(one), weight(other)));
    return heaviest.isPresent() ? heaviest.get() : new Verdict.Passed(scores);
  }

  /// The categories that are configured and not among those given, sorted.
  List<String> unknown(Set<String> given) {
    return Stream.concat(byCategory.keySet().stream(), ignored.stream())
        .filter(category -> !given.contains(category))
        .distinct()
        .sorted()
        .toList();
  }

  private double of(String category) {
    return byCategory.getOrDefault(category, others);
  }

  /// Scores of categories with different thresholds compare by how far they are over them.
  private static double weight(Verdict.Rejected rejected) {
    return rejected.score() / rejected.threshold();
  }
}
