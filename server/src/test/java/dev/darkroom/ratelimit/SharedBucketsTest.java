package dev.darkroom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestServer;
import dev.darkroom.provider.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessResourceFailureException;

class SharedBucketsTest {

  private static final int PER_MINUTE = 1000;
  private static final int UNTOLD = PER_MINUTE / 100;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nodesPassALargeQuotaByAHundredthEachAtMost() throws Exception {
    var clock = new SettableClock();
    var nodes = List.of(node(clock), node(clock));
    List<Callable<Boolean>> calls =
        IntStream.range(0, 2 * PER_MINUTE)
            .<Callable<Boolean>>mapToObj(
                n -> () -> nodes.get(n % 2).take("raced", PER_MINUTE).granted())
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long granted = threads.invokeAll(calls).stream().filter(answer -> answer.resultNow()).count();
      assertThat(granted).isBetween((long) PER_MINUTE, PER_MINUTE + 2L * UNTOLD);
    }
  }

  @Test
  void lookingTakesNothing() {
    var buckets = node(new SettableClock());
    for (int n = 0; n < 10; n++) assertThat(buckets.look("looked-at", 2).left()).isEqualTo(2);
    assertThat(buckets.take("looked-at", 2).left()).isEqualTo(1);
    assertThat(buckets.take("looked-at", 2).granted()).isTrue();
    assertThat(buckets.look("looked-at", 2).granted()).isFalse();
    assertThat(buckets.look("looked-at", 2).pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aChangedQuotaHoldsAtOnce() {
    var buckets = node(new SettableClock());
    assertThat(buckets.take("changed", 1).granted()).isTrue();
    assertThat(buckets.take("changed", 1).granted()).isFalse();
    assertThat(buckets.take("changed", 2).granted()).isTrue();
  }

  @Test
  void anOutageIsSaidAsEveryOther() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});
    var buckets = new SharedBuckets(nowhere, new SettableClock());
    assertThatThrownBy(() -> buckets.take("out", PER_MINUTE))
        .isInstanceOf(DataAccessResourceFailureException.class);
  }

  private static SharedBuckets node(SettableClock clock) {
    return new SharedBuckets(server.bean(DataSource.class), clock);
  }
}
