package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

  @Test
  void readsFirstLastAndTotal() {
    assertThat(ContentRange.parse("bytes 5-9/5368709121"))
        .contains(new ContentRange(5, 9, 5_368_709_121L));
  }

  @Test
  void readsAnUnknownTotal() {
    assertThat(ContentRange.parse("bytes 0-0/*")).contains(new ContentRange(0, 0, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes */10",
        "bytes 5-4/10",
        "bytes 5-10/10",
        "bytes 1-2",
        "items 1-2/3",
        "bytes -1-2/3",
        "bytes 1-2/99999999999999999999",
        ""
      })
  void findsNothingInAHeaderThatMakesNoSense(String header) {
    assertThat(ContentRange.parse(header)).isEmpty();
  }
}
