package dev.darkroom.moderation;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.Retry;
import java.util.Locale;

/// The moderator refused a picture.
///
/// @param score of the category, 0 to 1
public record PictureRejected(String category, double score, double threshold) implements Failure {

  PictureRejected(Verdict.Rejected verdict) {
    this(verdict.category(), verdict.score(), verdict.threshold());
  }

  @Override
  public String type() {
    return "moderation.rejected";
  }

  @Override
  public int status() {
    return 422;
  }

  @Override
  public String message() {
    return String.format(
        Locale.ROOT,
        "The moderator refused the image: %s %.2f, where less than %.2f may be in a dataset.",
        category,
        score,
        threshold);
  }

  @Override
  public Retry retry() {
    return Retry.NEVER;
  }
}
