package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J",
        "\u009b2J",
        "\r",
        "\n",
        "\t",
        "\b",
        "\u0007",
        "\u0000",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ud800",
        "\ue000",
        "\udb40\udc41"
      })
  void replacesWhatATerminalWouldObey(String hostile) {
    assertThat(Printable.of("a" + hostile + "b")).startsWith("a\uFFFD").endsWith("b");
  }

  @Test
  void leavesNamesOfAllScriptsAlone() {
    String name = "Fotos/été – 写真 🌄 #1.jpg";
    assertThat(Printable.of(name)).isEqualTo(name);
  }

  @Test
  void cutsLongNamesInTheMiddle() {
    assertThat(Printable.of("0123456789abcdefghij", 11)).isEqualTo("0123...ghij");
    assertThat(Printable.of("🌄".repeat(20), 11)).isEqualTo("🌄🌄...🌄🌄");
    assertThat(Printable.of("0123456789", 10)).isEqualTo("0123456789");
  }
}
