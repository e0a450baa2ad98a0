package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {

  private static final UploadStatus HALF = UploadStatus.from(Statuses.going(50, 300, 147, 3));

  @Test
  void showsBarPercentCountsTimeLeftPhaseAndRate() {
    assertThat(new ProgressLine(HALF, 75).fitted(120, false))
        .isEqualTo(
            "[####################--------------------]"
                + "   50%  150/300 images  3 failed  ETA 0:02  ingesting  75.0 images/s");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 30, 40, 60, 80, 132, 400})
  void neverReachesTheLastColumn(int width) {
    assertThat(new ProgressLine(HALF, 75).fitted(width, true))
        .hasSizeLessThanOrEqualTo(Math.max(width - 1, 1));
  }

  @Test
  void keepsPercentAndCountsWhereThereIsLittleRoom() {
    assertThat(new ProgressLine(HALF, 75).fitted(40, true)).contains("50%", "150/300 images");
  }

  @Test
  void drawsWithAsciiWhereNothingElseCanBeShown() {
    assertThat(new ProgressLine(HALF, 75).fitted(110, false)).matches("\\p{ASCII}+");
    assertThat(new ProgressLine(HALF, 75).fitted(110, true)).contains("█", "░");
  }

  @Test
  void saysWhatTheUploadWaitsForAsFarAsThereIsRoom() {
    var full = UploadStatus.from(Statuses.waiting("storage.full", "The store\u001b is full."));
    var line = new ProgressLine(full, 75);
    assertThat(line.plain()).endsWith("ingesting, waiting: The store\uFFFD is full.");
    assertThat(line.fitted(120, true))
        .isEqualTo(" 50%  150/300 images  3 failed  waiting: The store\uFFFD is full.");
    assertThat(line.fitted(50, true)).hasSize(49).contains("waiting: The");
  }

  @Test
  void hasNoTimeLeftWhileNothingMoves() {
    assertThat(new ProgressLine(HALF, 0).fitted(110, false))
        .contains("0.0 images/s")
        .doesNotContain("ETA");
  }

  @Test
  void prefersTheTimeLeftThatTheServerTells() {
    var json = Statuses.going(50, 300, 150, 0);
    json.put("eta_seconds", 3725);
    assertThat(new ProgressLine(UploadStatus.from(json), 75).plain()).contains("ETA 1:02:05");
  }

  @Test
  void saysThatTheImagesAreNotCountedYet() {
    assertThat(new ProgressLine(UploadStatus.from(Statuses.pending()), 0).plain())
        .isEqualTo("0%, no images yet, 0 failed, 0.0 images/s, waiting");
  }

  @Test
  void countsCaptionsWhileTheyAreWritten() {
    var json =
        Statuses.status("processing", "captioning", 75).with(64, 60, 4).captions(15, 20).json();
    assertThat(new ProgressLine(UploadStatus.from(json), 7.5).plain())
        .isEqualTo("75%, 15/40 captions, 4 failed, 7.5 captions/s, captioning");
  }

  @Test
  void isFullAndWithoutTimeLeftInTheEnd() {
    var line = new ProgressLine(UploadStatus.from(Statuses.allGood(300)), 75);
    assertThat(line.fitted(110, false)).contains("100%", "300/300").doesNotContain("ETA", "-]");
  }

  @Test
  void clampsAPercentageThatCannotBe() {
    var line = new ProgressLine(UploadStatus.from(Statuses.going(148, 300, 150, 0)), 75);
    assertThat(line.fitted(110, false)).contains("100%");
  }

  @Test
  void writesTimesAsPeopleReadThem() {
    assertThat(ProgressLine.clock(Duration.ofSeconds(7))).isEqualTo("0:07");
    assertThat(ProgressLine.clock(Duration.ofSeconds(750))).isEqualTo("12:30");
    assertThat(ProgressLine.clock(Duration.ofMinutes(185))).isEqualTo("3:05:00");
  }
}
