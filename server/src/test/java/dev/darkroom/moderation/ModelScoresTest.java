package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.moderation.Verdict.Passed;
import dev.darkroom.moderation.Verdict.Rejected;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelScoresTest {

  @ParameterizedTest
  @CsvSource({
    "0.50, 0.25, porn, 0.75", //
    "0.25, 0.50, hentai, 0.75",
    "0.50, 0.00, porn, 0.5",
    "0.00, 0.50, hentai, 0.5",
    "0.25, 0.25, porn, 0.5",
    "0.75, 0.375, porn, 1" // as rounding can have it
  })
  void rejectsBySumAndNamesTheLargerOne(double porn, double hentai, String category, double score) {
    var rejected = (Rejected) new ModelScores(0, hentai, 0, porn, 0).verdict(0.5);
    assertThat(rejected.category()).isEqualTo(category);
    assertThat(rejected.score()).isEqualTo(score);
    assertThat(rejected.threshold()).isEqualTo(0.5);
  }

  @Test
  void passesWhatIsBelowTheThreshold() {
    assertThat(new ModelScores(0.2, 0.24, 0.2, 0.25, 0.11).verdict(0.5)).isInstanceOf(Passed.class);
  }

  @Test
  void neverCountsSexy() {
    assertThat(new ModelScores(0, 0, 0, 0.01, 0.99).verdict(0.5)).isInstanceOf(Passed.class);
  }

  @Test
  void tellsTheScoresOfAllCategoriesInTheModelsOrder() {
    var scores = ModelScores.of(new float[] {0.125f, 0.25f, 0.5f, 0.0625f, 0.03125f});
    var byCategory =
        Map.of("drawing", 0.125, "hentai", 0.25, "neutral", 0.5, "porn", 0.0625, "sexy", 0.03125);
    assertThat(scores.verdict(0.6)).isEqualTo(new Passed(byCategory));
    assertThat(((Rejected) scores.verdict(0.1)).scores()).isEqualTo(byCategory);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void knowsScoresThatAreNoNumbers(float odd) {
    for (int i = 0; i < 5; i++) {
      float[] scores = new float[5];
      assertThat(ModelScores.of(scores).areUsable()).isTrue();
      scores[i] = odd;
      assertThat(ModelScores.of(scores).areUsable()).isFalse();
    }
  }
}
