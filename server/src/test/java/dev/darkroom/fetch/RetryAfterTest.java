package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final String DATE = "Tue, 26 May 2026 12:00:00 GMT";

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.parse(" 130 ", null)).isEqualTo(Duration.ofSeconds(130));
  }

  @Test
  void readsADateByTheClockThatWroteIt() {
    assertThat(RetryAfter.parse("Tue, 26 May 2026 12:01:30 GMT", DATE))
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void takesADateThatHasPassedForNow() {
    assertThat(RetryAfter.parse("Tue, 26 May 2026 11:00:00 GMT", DATE)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
  void ignoresWhatItCannotRead(String header) {
    assertThat(RetryAfter.parse(header, DATE)).isNull();
  }

  @Test
  void knowsNoPauseWithoutAHeaderOrWithoutAClock() {
    assertThat(RetryAfter.parse(null, DATE)).isNull();
    assertThat(RetryAfter.parse(DATE, null)).isNull();
  }
}
