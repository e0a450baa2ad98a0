package dev.darkroom.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// How many a second are settled over the last ten seconds, so that a slow patch shows at once and
/// the wait at the start is forgotten. Times are those of one clock that only goes forward.
final class Throughput {

  private static final Duration WINDOW = Duration.ofSeconds(10);

  private record Sample(Duration at, long settled) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void add(Duration at, long settled) {
    samples.addLast(new Sample(at, settled));
    // The newest sample outside the window stays: it is where the window's first step began.
    while (samples.size() > 2 && secondIsOld(at)) samples.removeFirst();
  }

  /// 0 until something was settled between two samples.
  double perSecond() {
    if (samples.size() < 2) return 0;
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = last.at().minus(first.at()).toMillis() / 1000.0;
    return seconds <= 0 ? 0 : (last.settled() - first.settled()) / seconds;
  }

  private boolean secondIsOld(Duration now) {
    Sample second = samples.stream().skip(1).findFirst().orElseThrow();
    return now.minus(second.at()).compareTo(WINDOW) >= 0;
  }
}
