package dev.darkroom.cli;

import java.util.List;

/// Shows how far a command is that goes through things one after the other.
final class CountDisplay {

  private final String things;
  private final LineDisplay lines;
  private final Pacing pacing;

  CountDisplay(String things, Surroundings surroundings) {
    this.things = things;
    this.lines = LineDisplay.ofQuick(surroundings);
    this.pacing = surroundings.pacing();
  }

  void show(int done, int total) {
    lines.show(new Line(things, done, total), pacing.elapsed());
  }

  void clear() {
    lines.clear();
  }

  private record Line(String things, int done, int total) implements Progress {

    @Override
    public int percent() {
      return total == 0 ? 100 : (int) (done * 100L / total);
    }

    @Override
    public String fitted(int width, boolean unicode) {
      String percentage = "%3d%%".formatted(percent());
      return Progress.fit(
          List.of(percentage, amount()), List.of(), new Bar(percent(), unicode), width);
    }

    @Override
    public String plain() {
      return "%d%%, %s".formatted(percent(), amount());
    }

    private String amount() {
      return "%d/%d %s".formatted(done, total, things);
    }
  }
}
