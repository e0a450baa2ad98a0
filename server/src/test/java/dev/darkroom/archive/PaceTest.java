package dev.darkroom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.memory.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest {

  private static final byte[] CONTENT = new byte[1 << 20];

  @Test
  void aRangeThatTricklesIsGivenUp() throws IOException {
    try (var http = Http.open();
        var server = ZipServer.serving(CONTENT)) {
      var probe =
          SourceProbe.probe(
              http, Http.url(server), Duration.ofSeconds(10), ArchiveLimits.defaults());
      var source =
          new HttpRangeSource(
              http,
              Http.url(server),
              probe.version(),
              new RangeReading(new MemoryBudget(16 << 20), Thread::sleep, Duration.ZERO));
      assertTooSlow(source.open(0, CONTENT.length));
    }
  }

  @Test
  void aCopyThatTricklesIsGivenUp() {
    assertTooSlow(
        new CappedStream(
            new ByteArrayInputStream(CONTENT), CONTENT.length, new Pace(Duration.ZERO)));
  }

  @Test
  void theTimeBeginsAnewWithEveryEightMegabytes() {
    var pace = new Pace(Duration.ZERO);
    assertThatCode(
            () -> {
              pace.count(8 << 20);
              pace.count(8 << 20);
            })
        .doesNotThrowAnyException();
  }

  private static void assertTooSlow(InputStream bytes) {
    try (bytes) {
      var failure = catchThrowableOfType(FailureException.class, bytes::readAllBytes).failure();
      assertThat(failure).isInstanceOf(ConnectionLost.class);
      assertThat(failure.retry()).isEqualTo(Retry.LATER);
      assertThat(failure.message()).contains("less than 8 MB");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
