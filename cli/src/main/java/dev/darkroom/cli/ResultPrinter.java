package dev.darkroom.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes what a command found: the server's own bytes for programs, the report for people.
record ResultPrinter(Terminal terminal, boolean json) {

  void print(long datasetId, Follower.Outcome outcome) {
    print(outcome.body(), Report.brief(datasetId, outcome.status()).lines());
  }

  void print(String body, Table table) {
    print(body, json ? List.of() : table.lines(terminal.tableWidth()));
  }

  void print(String body, List<String> lines) {
    if (json) {
      printBody(body);
      return;
    }
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
  }

  /// Exactly as it came, in UTF-8 whatever the terminal speaks; a newline is added only where a
  /// prompt would otherwise follow on the same line.
  void printBody(String body) {
    terminal.out().writeBytes(body.getBytes(StandardCharsets.UTF_8));
    if (terminal.interactive()) terminal.out().println();
    terminal.out().flush();
  }
}
