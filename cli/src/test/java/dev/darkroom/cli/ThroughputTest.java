package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  private final Throughput throughput = new Throughput();

  @Test
  void isZeroBeforeTwoSamples() {
    assertThat(throughput.perSecond()).isZero();
    throughput.add(Duration.ofSeconds(1), 500);
    assertThat(throughput.perSecond()).isZero();
  }

  @Test
  void isZeroWhenNoTimeHasPassed() {
    throughput.add(Duration.ofSeconds(1), 1);
    throughput.add(Duration.ofSeconds(1), 2);
    assertThat(throughput.perSecond()).isZero();
  }

  @Test
  void forgetsWhatWasBeforeItsWindow() {
    for (int second = 0; second <= 60; second++) throughput.add(Duration.ofSeconds(second), 0);
    for (int second = 1; second <= 10; second++) {
      throughput.add(Duration.ofSeconds(60 + second), 50L * second);
    }
    assertThat(throughput.perSecond()).isEqualTo(50);
  }

  @Test
  void countsOnlyWhatHappensWhileItLooks() {
    throughput.add(Duration.ofSeconds(0), 4000);
    throughput.add(Duration.ofSeconds(2), 4100);
    assertThat(throughput.perSecond()).isEqualTo(50);
  }
}
