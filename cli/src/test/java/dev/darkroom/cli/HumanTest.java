package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "5368709120, 5.4 GB",
    "9223372036854775807, 9.2 EB"
  })
  void writesBytesWithTwoOrThreeDigits(long bytes, String text) {
    assertThat(Human.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void counts() {
    assertThat(Human.count(1, "image")).isEqualTo("1 image");
    assertThat(Human.count(1_234_567, "image")).isEqualTo("1 234 567 images");
  }
}
