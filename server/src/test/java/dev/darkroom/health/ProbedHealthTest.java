package dev.darkroom.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ProbedHealthTest {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asksOnceForAllWhoPollWithinAFewSeconds() {
    var health = new ProbedHealth(this::well, LONG, FRESH, settable());
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    now.set(Instant.EPOCH.plus(FRESH).minusMillis(1));
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(asked).hasValue(1);
    now.set(Instant.EPOCH.plus(FRESH));
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(asked).hasValue(2);
  }

  @Test
  void isDownForTheReasonThatTheProbeThrows() {
    var health =
        new ProbedHealth(
            () -> {
              throw new IOException("the cable is cut");
            },
            LONG,
            FRESH,
            settable());
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails().get("reason")).asString().contains("the cable is cut");
  }

  @Test
  void isDownWhileItHearsNothingAndAsksNoSecondTime() {
    var answer = new CountDownLatch(1);
    var health =
        new ProbedHealth(
            () -> {
              var well = well();
              answer.await();
              return well;
            },
            SHORT,
            FRESH,
            settable());
    for (int poll = 0; poll < 3; poll++) {
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.health().getDetails().get("reason")).asString().contains("no answer");
      now.set(now.get().plus(FRESH));
    }
    answer.countDown();
    await()
        .until(() -> {
          now.set(now.get().plus(FRESH));
          return health.health().getStatus().equals(Status.UP);
        });
    assertThat(asked).as("the probe that hung is the one that answered").hasValue(1);
  }

  private Health well() {
    asked.incrementAndGet();
    return Health.up().build();
  }

  private Clock settable() {
    return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  }
}
