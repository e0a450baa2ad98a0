package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  private static Table table() {
    var table = new Table().number("ID").text("NAME").word("STATUS");
    table.row("7", "写真.jpg", "draft");
    table.row("12", "a long name of a picture.jpg", "completed");
    return table;
  }

  @Test
  void standsUnderItsHeadings() {
    assertThat(table().lines(80))
        .containsExactly(
            "ID  NAME                          STATUS",
            " 7  写真.jpg                      draft",
            "12  a long name of a picture.jpg  completed");
  }

  @Test
  void cutsWhatMayBeCut() {
    assertThat(table().lines(30))
        .containsExactly(
            "ID  NAME             STATUS",
            " 7  写真.jpg         draft",
            "12  a long...re.jpg  completed");
  }

  @Test
  void cutsNothingToNothing() {
    assertThat(table().lines(1)).allSatisfy(line -> assertThat(line.length()).isGreaterThan(10));
  }
}
