package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

  @Test
  void takesTheExportedWidth() {
    assertThat(Terminal.columns(Map.of("COLUMNS", "132"))).isEqualTo(132);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "wide", "99999999999"})
  void measuresItselfWhereTheExportedWidthIsNone(String exported) {
    assertThat(Terminal.columns(Map.of("COLUMNS", exported))).isBetween(1, 100_000);
  }
}
