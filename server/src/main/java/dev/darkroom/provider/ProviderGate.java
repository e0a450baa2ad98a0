package dev.darkroom.provider;

import dev.darkroom.failure.FailureException;
import dev.darkroom.provider.ProviderGates.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a provider may be asked: one row in the database, which all nodes share. Safe for use by
/// many threads at once.
///
/// Every change repeats the version that it began with, so of all requests that an outage meets
/// only the first one closes the gate, and a request from before cannot open it. A closed gate lets
/// one request through when its time has come; the next ones follow when that one has had an
/// answer. Times are by the clocks of the nodes: where these differ, so does when they look.
final class ProviderGate {

  /// How long a node goes by what it has read: a healthy provider costs five queries a second and
  /// node, however much it is asked.
  static final Duration FRESH = Duration.ofMillis(200);

  /// A probe that was not heard of for so long, because its node is gone or the model is slow, is
  /// followed by another.
  static final Duration PROBE_TIME = Duration.ofSeconds(30);

  /// When to look again while the probe is under way.
  private static final Duration PROBE_PAUSE = Duration.ofSeconds(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  /// However long a provider asks to be left alone: it may mean something else by now.
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(ProviderGate.class);

  /// A gate that was never closed.
  private static final State NEVER_OUT = new State(0, 0, Instant.EPOCH, null, false, null);

  private record Seen(State state, Instant at) {

    boolean isFresh(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(FRESH));
    }
  }

  private final String provider;
  private final ProviderGates gates;
  private final Clock clock;
  private final Object reading = new Object();
  private volatile @Nullable Seen seen;

  ProviderGate(String provider, ProviderGates gates, Clock clock) {
    this.provider = provider;
    this.gates = gates;
    this.clock = clock;
  }

  /// Fails while the gate is closed; takes nothing from it.
  void requireOpen() {
    State now = current();
    if (!now.isOpen()) requireDue(now);
  }

  /// Leave to ask, or a [ProviderFailure] that says when to come back.
  Pass enter() {
    State now = current();
    if (!now.isOpen()) {
      requireDue(now);
      if (!takeProbe(now)) throw closed(now, PROBE_PAUSE);
      log.debug("The {} is asked again", provider);
    }
    return new Pass(now.version(), now.failures(), now.reason());
  }

  /// False once the gate has closed on this request.
  boolean admits(Pass pass) {
    return current().version() == pass.version();
  }

  /// Takes note that the provider has answered.
  void answered(Pass pass) {
    if (!pass.isProbe()) return;
    if (gates.open(provider, pass)) log.info("The {} is back", provider);
    seen = null;
  }

  /// Closes the gate, unless another request has, and gives the failure of this one.
  FailureException close(Pass pass, Fault fault) {
    var pause = pause(pass, fault);
    Instant openAt = clock.instant().plus(pause);
    if (gates.close(provider, pass, fault, openAt)) {
      tell(pass, fault, pause);
    } else if (fault.retryAfter() != null) {
      gates.stayClosed(provider, pass, openAt);
    }
    seen = null;
    return failure(fault.busy(), fault.reason(), pause);
  }

  private static Duration pause(Pass pass, Fault fault) {
    var asked = fault.retryAfter();
    if (asked == null) return backoff(pass.failures());
    if (asked.compareTo(SHORTEST) < 0) return SHORTEST;
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  /// Doubles from 1 s to 60 s, give or take a quarter, so that providers that went out together are
  /// not asked together.
  private static Duration backoff(int failuresBefore) {
    long doubled = SHORTEST.toMillis() << Math.min(failuresBefore, 6);
    long jittered = (long) (doubled * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
    return Duration.ofMillis(Math.clamp(jittered, SHORTEST.toMillis(), LONGEST_BACKOFF.toMillis()));
  }

  /// Once per outage, and again where its reason changes.
  private void tell(Pass pass, Fault fault, Duration pause) {
    if (fault.reason().equals(pass.reason())) {
      log.debug("The {} is still out: {}", provider, fault.reason());
    } else {
      log.warn(
          "The {} is out: {}. Its work waits; it is asked again in {} ms",
          provider,
          fault.reason(),
          pause.toMillis());
    }
  }

  private void requireDue(State closed) {
    Instant now = clock.instant();
    if (now.isBefore(closed.openAt())) {
      throw closed(closed, Duration.between(now, closed.openAt()));
    }
    if (closed.probeUntil() != null && now.isBefore(closed.probeUntil())) {
      throw closed(closed, PROBE_PAUSE);
    }
  }

  private boolean takeProbe(State closed) {
    Instant now = clock.instant();
    boolean taken = gates.takeProbe(provider, closed.version(), now, now.plus(PROBE_TIME));
    seen = null;
    return taken;
  }

  private FailureException closed(State gate, Duration pause) {
    return failure(gate.busy(), Objects.requireNonNullElse(gate.reason(), ""), pause);
  }

  private FailureException failure(boolean busy, String reason, Duration pause) {
    return new FailureException(
        busy
            ? new ProviderFailure.Busy(provider, reason, pause)
            : new ProviderFailure.Unavailable(provider, reason, pause));
  }

  private State current() {
    Seen known = seen;
    if (known != null && known.isFresh(clock.instant())) return known.state();
    synchronized (reading) {
      return refreshed();
    }
  }

  /// What another thread has read while this one waited to, or else the row.
  private State refreshed() {
    Instant now = clock.instant();
    Seen known = seen;
    if (known != null && known.isFresh(now)) return known.state();
    State read = gates.find(provider).orElse(NEVER_OUT);
    seen = new Seen(read, now);
    return read;
  }
}
