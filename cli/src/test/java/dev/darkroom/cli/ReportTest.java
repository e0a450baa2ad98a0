package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void accountsForEveryEntryOfTheArchive() {
    assertThat(report(Statuses.completed()))
        .isEqualTo(
            """
            Dataset 12: the upload is completed in 2.0 s, 24.0 images/s.

              done              46
              failed             2
              = images          48
              ignored            3
                text: 1, such as notes.txt
                system file: 2, such as __MACOSX/._a.jpg
              = entries         51
              captions           0 done, 0 failed, 46 skipped

            Failed images:
              412 image.too-small: 1
                shoot/small.jpg  The image is 900 x 900 pixels.
              422 image.truncated: 1
                shoot/cut.jpg  The image ends too early.\
            """);
  }

  @Test
  void saysWhatAnUploadWaitsFor() {
    assertThat(report(Statuses.waiting("storage.full", "The store is full.")))
        .startsWith("Dataset 12: the upload is at 50 %. Waiting: The store is full.");
  }

  @Test
  void listsTwentyFailuresAndSaysWhereTheRestIs() {
    var status = Statuses.status("completed", "finished", 100).with(25, 0, 25);
    for (int i = 0; i < 25; i++) {
      status.failedImage("%02d.jpg".formatted(i), i % 2 == 0 ? 412 : 422, "t", "Bad.");
    }
    assertThat(report(status.json()))
        .contains("412 t: 13", "422 t: 12", "... and 5 more: ./darkroom report 12")
        .satisfies(text -> assertThat(text.lines().filter(l -> l.endsWith("Bad."))).hasSize(20));
  }

  @Test
  void saysWhenTheNumbersOfACompletedUploadDoNotAddUp() {
    var lost = Statuses.status("completed", "finished", 100).with(48, 46, 1).json();
    assertThat(report(lost))
        .contains(
            "not settled        1",
            "do not add up: done + failed is 47, not 48.",
            "do not add up: 0 failed images are listed, not 1.");
    assertThat(report(Statuses.completed())).doesNotContain("do not add up");
  }

  @Test
  void givesTheReasonOfAFailedJob() {
    assertThat(report(Statuses.failed()))
        .startsWith(
            "Dataset 12: the upload failed, nothing was added."
                + " The source stopped answering. (424, fetch.source-gone)")
        .contains("not settled       28");
  }

  @Test
  void countsNothingWhereTheArchiveWasNeverRead() {
    var refused = Statuses.failed();
    for (String count : new String[] {"total", "done", "failed", "total_processed", "ignored"}) {
      refused.put(count, 0);
    }
    assertThat(report(refused)).hasLineCount(1).contains("the upload failed");
  }

  @Test
  void leavesNoControlCharacterOfAFileNameOrAMessage() {
    var hostile =
        Statuses.status("completed", "finished", 100)
            .with(1, 0, 1)
            .failedImage("\u001b[2J\u202egpj.exe\r\nok", 422, "t\u001b", "\u009b31mred\u0007")
            .ignored("\u001b]0;title\u0007", "te\u001bxt")
            .json();
    assertThat(report(hostile).replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @Test
  void showsHowFarAGoingUploadIs() {
    assertThat(report(Statuses.going(41, 48, 20, 0)))
        .startsWith("Dataset 12: the upload is at 41 %.");
    assertThat(report(Statuses.pending())).startsWith("Dataset 12: the upload waits for its turn.");
  }

  @Test
  void readsAServerThatSaysNoMoreThanThePublicApi() {
    var plain = new JsonObject();
    plain.put("status", "completed");
    plain.put("progress_percentage", 100);
    plain.put("total_processed", 5);
    plain.put("done", 5);
    plain.put("failed", 0);
    assertThat(report(plain)).contains("done               5", "= images           5");
  }

  private static String report(JsonObject status) {
    return String.join("\n", Report.brief(12, UploadStatus.from(status)).lines());
  }
}
