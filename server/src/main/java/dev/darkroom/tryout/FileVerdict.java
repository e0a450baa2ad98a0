package dev.darkroom.tryout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.darkroom.moderation.Verdict;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is said of one file.
///
/// @param category the one for which it was rejected
/// @param scores by category, 0 to 1; empty where the file could not be judged
/// @param reason why it could not be judged
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"file", "verdict", "category", "score", "threshold", "scores", "reason"})
record FileVerdict(
    String file,
    Kind verdict,
    @Nullable String category,
    @Nullable Double score,
    @Nullable Double threshold,
    SortedMap<String, Double> scores,
    @Nullable String reason) {

  enum Kind {
    @JsonProperty("passed")
    PASSED,
    @JsonProperty("rejected")
    REJECTED,
    @JsonProperty("not_judged")
    NOT_JUDGED
  }

  static FileVerdict of(String file, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed(var scores) ->
          new FileVerdict(file, Kind.PASSED, null, null, null, new TreeMap<>(scores), null);
      case Verdict.Rejected(var category, var score, var threshold, var scores) ->
          new FileVerdict(
              file, Kind.REJECTED, category, score, threshold, new TreeMap<>(scores), null);
      case Verdict.Undecided(var failure) -> notJudged(file, failure.message());
    };
  }

  static FileVerdict notJudged(String file, String reason) {
    return new FileVerdict(file, Kind.NOT_JUDGED, null, null, null, new TreeMap<>(), reason);
  }

  /// For people: `rejected a.jpg porn 0.81 (from 0.60 on): porn 0.79, sexy 0.11, ...`.
  String line() {
    return switch (verdict) {
      case PASSED -> "passed      %s  %s".formatted(file, scoresText());
      case REJECTED ->
          String.format(
              Locale.ROOT,
              "rejected    %s  %s %.2f (from %.2f on): %s",
              file,
              category,
              score,
              threshold,
              scoresText());
      case NOT_JUDGED -> "not judged  %s  %s".formatted(file, reason);
    };
  }

  private String scoresText() {
    return scores.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .map(score -> String.format(Locale.ROOT, "%s %.2f", score.getKey(), score.getValue()))
        .collect(Collectors.joining(", "));
  }
}
