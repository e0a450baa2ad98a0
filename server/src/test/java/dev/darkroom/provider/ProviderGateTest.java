package dev.darkroom.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProviderGateTest {

  private static final Fault DOWN = new Fault("it answers 503", false, true, null);

  private static TestProviders shared;
  private final SettableClock clock = new SettableClock();
  private final ProviderGate one = gate();
  private final ProviderGate other = gate();

  @BeforeAll
  static void create() {
    shared = TestProviders.create();
  }

  @AfterAll
  static void drop() {
    shared.close();
  }

  @BeforeEach
  void openAll() {
    shared.jdbc().sql("DELETE FROM provider_gate").update();
  }

  @Test
  void isOpenWhereNothingWasEverOut() {
    one.requireOpen();
    assertThat(one.enter().isProbe()).isFalse();
  }

  @Test
  void closesForAllNodes() {
    var _ = one.close(one.enter(), DOWN);
    pass(ProviderGate.FRESH);
    assertThat(refusal(one)).isEqualTo(refusal(other));
    var refused = Objects.requireNonNull(refusal(other));
    assertThat(refused).isInstanceOf(ProviderFailure.Unavailable.class);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retry()).isEqualTo(Retry.WHEN_BACK);
    assertThat(refused.message()).contains("captioner", "it answers 503");
    assertThat(refused.retryAfter()).isPositive().isLessThan(Duration.ofMillis(1_251));
  }

  @Test
  void tellsABusyProviderFromOneThatIsOut() {
    var failure = one.close(one.enter(), tooMany(Duration.ofSeconds(7))).failure();
    assertThat(failure)
        .isEqualTo(
            new ProviderFailure.Busy(
                "captioner", "it answers 429, too many requests", Duration.ofSeconds(7)));
    assertThat(refusal(one)).isEqualTo(failure);
  }

  @Test
  void staysClosedForAsLongAsTheProviderAsksAndNoLongerThanAnHour() {
    assertThat(pauseAfter(tooMany(Duration.ofSeconds(90)))).isEqualTo(Duration.ofSeconds(90));
    assertThat(pauseAfter(tooMany(Duration.ofDays(9)))).isEqualTo(Duration.ofHours(1));
    assertThat(pauseAfter(tooMany(Duration.ZERO))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pausesLongerWithEveryFailureInARowUpToAMinute() {
    var pauses = IntStream.range(0, 9).mapToObj(_ -> pauseAfter(DOWN)).toList();
    for (int i = 0; i < pauses.size(); i++) {
      long doubled = 1000L << Math.min(i, 6);
      assertThat(pauses.get(i).toMillis())
          .isBetween(Math.min(doubled * 3 / 4, 60_000), Math.min(doubled * 5 / 4, 60_000));
      assertThat(pauses.get(i)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
    assertThat(pauses.getLast()).isGreaterThanOrEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void countsAnOutageThatManyRequestsMeetOnce() {
    var passes = IntStream.range(0, 16).mapToObj(_ -> one.enter()).toList();
    passes.forEach(pass -> one.close(pass, DOWN));
    assertThat(failures()).isEqualTo(1);
  }

  @Test
  void obeysTheLongestPauseThatAnyOfThemWasAskedFor() {
    Pass first = one.enter();
    Pass second = other.enter();
    var _ = one.close(first, DOWN);
    var _ = other.close(second, tooMany(Duration.ofSeconds(30)));
    pass(Duration.ofSeconds(10));
    assertThat(refusal(one)).isNotNull();
    assertThat(failures()).isEqualTo(1);
  }

  @Test
  void letsOneRequestOfAllNodesThroughAndTheOthersOnceItIsAnswered() {
    var _ = one.close(one.enter(), DOWN);
    pass(Duration.ofSeconds(2));
    Pass probe = one.enter();
    assertThat(probe.isProbe()).isTrue();
    assertThat(Objects.requireNonNull(refusal(one)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(refusal(other)).isNotNull();

    one.answered(probe);
    pass(ProviderGate.FRESH);
    assertThat(one.enter().isProbe()).isFalse();
    assertThat(other.enter().isProbe()).isFalse();
  }

  @Test
  void letsExactlyOneOfManyAtTheSameInstantThrough() throws Exception {
    var _ = one.close(one.enter(), DOWN);
    pass(Duration.ofSeconds(2));
    var start = new CyclicBarrier(32);
    var through = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 32; i++) {
        var gate = i % 2 == 0 ? one : other;
        Callable<@Nullable Void> enter =
            () -> {
              start.await();
              if (refusal(gate::enter) == null) through.incrementAndGet();
              return null;
            };
        var _ = threads.submit(enter);
      }
    }
    assertThat(through).hasValue(1);
  }

  @Test
  void lookingTakesNoOnesTurn() {
    var _ = one.close(one.enter(), DOWN);
    pass(Duration.ofSeconds(2));
    one.requireOpen();
    other.requireOpen();
    assertThat(other.enter().isProbe()).isTrue();
  }

  @Test
  void sendsAnotherRequestWhereTheOneThatWasSentIsNeverHeardOf() {
    var _ = one.close(one.enter(), DOWN);
    pass(Duration.ofSeconds(2));
    var _ = one.enter();
    pass(ProviderGate.PROBE_TIME);
    assertThat(other.enter().isProbe()).isTrue();
  }

  @Test
  void staysClosedWhenARequestFromBeforeIsAnswered() {
    Pass before = one.enter();
    var _ = one.close(one.enter(), tooMany(Duration.ofSeconds(30)));
    one.answered(before);
    assertThat(refusal(one)).isNotNull();
    assertThat(one.admits(before)).isFalse();
  }

  @Test
  void staysOpenWhenARequestFromBeforeFails() {
    Pass before = other.enter();
    var _ = one.close(one.enter(), DOWN);
    pass(Duration.ofSeconds(2));
    one.answered(one.enter());
    var _ = other.close(before, DOWN);
    pass(ProviderGate.FRESH);
    assertThatCode(one::requireOpen).doesNotThrowAnyException();
  }

  @Test
  void beginsWithAShortPauseAgainOnceTheProviderWasBack() {
    for (int i = 0; i < 5; i++) pauseAfter(DOWN);
    one.answered(one.enter());
    assertThat(pauseAfter(DOWN)).isLessThan(Duration.ofMillis(1_251));
  }

  @Test
  void asksTheDatabaseNoMoreThanFiveTimesASecondHoweverManyAskIt() {
    one.requireOpen();
    closeInTheDatabase();
    for (int i = 0; i < 1_000; i++) one.requireOpen();
    pass(ProviderGate.FRESH);
    assertThat(refusal(one)).isNotNull();
  }

  private ProviderGate gate() {
    return new ProviderGate("captioner", new SharedGates(jdbc()), clock);
  }

  private static JdbcClient jdbc() {
    return shared.jdbc();
  }

  /// Behind the node's back, so that it shows when the node looks.
  private static void closeInTheDatabase() {
    jdbc()
        .sql(
            """
            INSERT INTO provider_gate (provider, version, failures, open_at, reason)
            VALUES ('captioner', 1, 1, '2099-01-01T00:00:00Z', 'it answers 503')
            """)
        .update();
  }

  private void pass(Duration time) {
    clock.advance(time);
  }

  /// The next request, let through, fails; time goes on until the one after it may come.
  private Duration pauseAfter(Fault fault) {
    var failure = one.close(one.enter(), fault).failure();
    var pause = Objects.requireNonNull(failure.retryAfter());
    pass(pause);
    return pause;
  }

  private static int failures() {
    return jdbc()
        .sql("SELECT failures FROM provider_gate")
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private static Fault tooMany(Duration retryAfter) {
    return new Fault("it answers 429, too many requests", true, true, retryAfter);
  }

  private static @Nullable Failure refusal(ProviderGate gate) {
    return refusal(gate::requireOpen);
  }

  private static @Nullable Failure refusal(Runnable request) {
    var thrown = catchThrowableOfType(FailureException.class, request::run);
    return thrown == null ? null : thrown.failure();
  }
}
