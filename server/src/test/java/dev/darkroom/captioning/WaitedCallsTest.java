package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.failure.FailureException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WaitedCallsTest {

  @Test
  void interruptsACallAtItsDeadline() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    var calls = new WaitedCalls(Duration.ofMillis(50));
    assertThatThrownBy(() ->
            calls.await(() -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException late) {
                interrupted.countDown();
                throw late;
              }
              return "";
            }))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("captioning.timed-out");
    interrupted.await();
  }

  @Test
  void refusesMoreCallsThanMayWait() throws Exception {
    var begun = new CountDownLatch(8);
    var goOn = new CountDownLatch(1);
    var calls = new WaitedCalls(Duration.ofMinutes(1));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 8; n++) {
        var _ =
            clients.submit(() ->
                calls.await(() -> {
                  begun.countDown();
                  goOn.await();
                  return "";
                }));
      }
      begun.await();
      assertThatThrownBy(() -> calls.await(() -> ""))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("captioning.busy");
      goOn.countDown();
    }
    assertThat(calls.await(() -> "free again")).isEqualTo("free again");
  }
}
