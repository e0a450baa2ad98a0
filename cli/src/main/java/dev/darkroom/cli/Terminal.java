package dev.darkroom.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Where a command writes: results to `out`, progress and errors to `err`, so that a redirected
/// `out` holds nothing but the result.
///
/// @param interactive a person is watching: a line may be redrawn in place
/// @param unicode characters beyond ASCII can be shown
/// @param columns the width, asked again now and then because windows are resized
record Terminal(
    PrintStream out, PrintStream err, boolean interactive, boolean unicode, IntSupplier columns) {

  private static final int USUAL_COLUMNS = 80;

  static Terminal ofThisProcess() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        System.out,
        System.err,
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false) && !dumb,
        System.err.charset().equals(StandardCharsets.UTF_8),
        () -> columns(System.getenv()));
  }

  static int columns(Map<String, String> environment) {
    String exported = environment.getOrDefault("COLUMNS", "");
    if (exported.matches("[1-9][0-9]{0,4}")) return Integer.parseInt(exported);
    return askStty();
  }

  /// `stty size` answers "rows columns" for the terminal that is its standard input.
  private static int askStty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException _) {
      // No stty on this system: the bar is drawn for the usual width.
      return USUAL_COLUMNS;
    }
  }
}
