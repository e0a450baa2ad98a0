package dev.darkroom.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void areOneLineWithoutControlCharacters() throws InterruptedException {
    assertThat(wordsOf(" a fatal\r\n error\u0000\u001b[31m \n")).isEqualTo("a fatal error [31m");
  }

  @Test
  void areEmptyWhereNothingWasSaid() throws InterruptedException {
    assertThat(wordsOf("")).isEmpty();
  }

  @Test
  void areTheEndOfWhatWasSaid() throws InterruptedException {
    var said = "chatter,".repeat(12_345) + "the end";
    assertThat(wordsOf(said)).isEqualTo(said.substring(said.length() - LastWords.MAX_BYTES));
  }

  @Test
  void areNotWaitedForWithoutEnd() throws IOException, InterruptedException {
    try (var open = new PipedOutputStream();
        var errors = new PipedInputStream(open)) {
      assertThat(LastWords.of(errors, "test").await(Duration.ofMillis(1))).isEmpty();
    }
  }

  private static String wordsOf(String said) throws InterruptedException {
    var errors = new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8));
    return LastWords.of(errors, "test").await(LONG);
  }
}
