package dev.darkroom.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.NopeOptimizationListener;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.delay.DelayOptimization;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.stereotype.Component;

/// Buckets of tokens, filled evenly over a minute, which all nodes share (SQL of `rate_bucket`).
/// Safe for use by many threads at once.
///
/// The database is not asked for every token. A node takes the tokens of a large bucket by itself
/// and tells the others after half a second, or after a hundredth of the quota: by so much at most
/// can each node pass it. Of a small bucket every token is asked for.
@Component
final class SharedBuckets {

  private static final Duration FILLED_IN = Duration.ofMinutes(1);
  private static final Duration UNTOLD = Duration.ofMillis(500);
  private static final int UNTOLD_SHARE = 100;

  /// A bucket that is forgotten here costs one question more.
  private static final int REMEMBERED = 10_000;

  private static final int REMOVED_AT_ONCE = 1000;

  private final Map<String, Bucket> buckets = Collections.synchronizedMap(new Recent());
  private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();
  private final ClockMeter meter;
  private final PostgreSQLSelectForUpdateBasedProxyManager<String> manager;

  SharedBuckets(DataSource database, Clock clock) {
    meter = new ClockMeter(clock);
    manager =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_bucket")
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(FILLED_IN))
            .clientClock(meter)
            .build();
  }

  /// Takes a token out of a bucket, where one is left.
  ///
  /// @param perMinute how many the bucket holds; with another number it is another bucket
  Taken take(String name, int perMinute) {
    var probe = use(name, perMinute, bucket -> bucket.tryConsumeAndReturnRemaining(1));
    return new Taken(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /// The same, and leaves it there.
  Taken look(String name, int perMinute) {
    var probe = use(name, perMinute, bucket -> bucket.estimateAbilityToConsume(1));
    return new Taken(
        probe.canBeConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  void removeFull() {
    while (manager.removeExpired(REMOVED_AT_ONCE) == REMOVED_AT_ONCE) {}
  }

  private <T> T use(String name, int perMinute, Function<Bucket, T> use) {
    var bucket = buckets.computeIfAbsent(name + "/" + perMinute, id -> open(id, perMinute));
    try {
      return use.apply(bucket);
    } catch (RuntimeException e) {
      throw translated(e);
    }
  }

  private Bucket open(String id, int perMinute) {
    int untold = perMinute / UNTOLD_SHARE;
    var bucket = manager.builder();
    if (untold > 0) bucket = bucket.withOptimization(telling(untold));
    return bucket.build(
        id,
        () ->
            BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, FILLED_IN))
                .build());
  }

  /// Batching would save a small bucket questions as well, but fails the requests that come with
  /// the one that makes the bucket: to them it does not exist.
  private Optimization telling(int untold) {
    return new DelayOptimization(
        new DelayParameters(untold, UNTOLD), NopeOptimizationListener.INSTANCE, meter);
  }

  /// As the rest of the server knows it, so that an outage is answered as one.
  private RuntimeException translated(RuntimeException exception) {
    for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        var translated = translator.translate("taking from a bucket", null, sql);
        return translated == null ? exception : translated;
      }
    }
    return exception;
  }

  /// What came of reaching into a bucket.
  ///
  /// @param left how many are there still
  /// @param pause until there is one, where there is none
  record Taken(boolean granted, long left, Duration pause) {}

  private static final class Recent extends LinkedHashMap<String, Bucket> {

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > REMEMBERED;
    }
  }
}
