package dev.darkroom.uploadstatus;

import dev.darkroom.failure.FailureException;
import dev.darkroom.uploadstatus.StatusFailure.NodeFull;
import dev.darkroom.uploadstatus.StatusFailure.OrganizationFull;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Room for the requests that wait for a status on this node: so many in all, so many of an
/// organization. What they take is this node's, memory and connections, so each node counts by
/// itself. Safe for use by many threads at once.
@Component
final class Seats {

  private final StatusSettings settings;
  private final Map<Long, Integer> taken = new HashMap<>();
  private int all;

  Seats(StatusSettings settings) {
    this.settings = settings;
  }

  /// A seat, where there is one; closing it gives it back.
  synchronized Optional<Seat> find(long organizationId) {
    if (isFull() || of(organizationId) >= settings.maxWatchersPerOrganization()) {
      return Optional.empty();
    }
    all++;
    taken.merge(organizationId, 1, Integer::sum);
    return Optional.of(() -> giveBack(organizationId));
  }

  Seat take(long organizationId) {
    return find(organizationId)
        .orElseThrow(() ->
            new FailureException(
                of(organizationId) >= settings.maxWatchersPerOrganization()
                    ? new OrganizationFull(settings.maxWatchersPerOrganization())
                    : new NodeFull(settings.maxWatchers())));
  }

  private boolean isFull() {
    return all >= settings.maxWatchers();
  }

  private synchronized int of(long organizationId) {
    return taken.getOrDefault(organizationId, 0);
  }

  private synchronized void giveBack(long organizationId) {
    all--;
    taken.merge(organizationId, -1, Integer::sum);
    taken.remove(organizationId, 0);
  }

  /// To be closed once.
  @FunctionalInterface
  interface Seat extends AutoCloseable {
    @Override
    void close();
  }
}
