package dev.darkroom.moderation;

import dev.darkroom.failure.Failure;
import java.util.Map;

/// What a [Moderator] says of a picture.
public sealed interface Verdict {

  /// The picture may be in a dataset.
  ///
  /// @param scores by category, 0 to 1
  record Passed(Map<String, Double> scores) implements Verdict {
    public Passed {
      scores = Map.copyOf(scores);
    }
  }

  /// The picture may not be in a dataset.
  ///
  /// @param category the one that weighs most among those over their thresholds
  /// @param score 0 to 1
  /// @param scores by category, 0 to 1; those that weigh together have one each
  record Rejected(String category, double score, double threshold, Map<String, Double> scores)
      implements Verdict {
    public Rejected {
      scores = Map.copyOf(scores);
    }

    /// Why the picture is not in the dataset.
    public Failure failure() {
      return new PictureRejected(this);
    }
  }

  /// The moderator answered three times, and never usably.
  record Undecided(Failure failure) implements Verdict {}
}
