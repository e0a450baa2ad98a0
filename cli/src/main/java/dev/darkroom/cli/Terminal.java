package dev.darkroom.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results to `out`, progress and errors to `err`, so that a redirected
/// `out` holds nothing but the result.
///
/// @param interactive a person is watching: a line may be redrawn in place
/// @param unicode characters beyond ASCII can be shown
/// @param colour texts may be coloured
/// @param columns the width, asked again now and then because windows are resized
/// @param answers a line that the person types; null at the end of the input
record Terminal(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    boolean unicode,
    boolean colour,
    IntSupplier columns,
    Supplier<@Nullable String> answers) {

  private static final int USUAL_COLUMNS = 80;

  static Terminal ofThisProcess() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    boolean interactive =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false) && !dumb;
    return new Terminal(
        System.out,
        System.err,
        interactive,
        System.err.charset().equals(StandardCharsets.UTF_8),
        interactive && System.getenv().getOrDefault("NO_COLOR", "").isEmpty(),
        () -> columns(System.getenv()),
        Terminal::readLine);
  }

  private static @Nullable String readLine() {
    return Optional.ofNullable(System.console()).map(Console::readLine).orElse(null);
  }

  /// How wide a table may be: what is read by a program is never cut.
  int tableWidth() {
    return interactive ? columns.getAsInt() : Integer.MAX_VALUE;
  }

  /// Asks on a terminal; anything but a yes is a no.
  boolean confirms(String question) {
    err.print(question + " [y/N] ");
    err.flush();
    String answer = answers.get();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
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
