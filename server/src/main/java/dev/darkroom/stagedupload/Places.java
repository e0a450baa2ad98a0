package dev.darkroom.stagedupload;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.TooManyAtOnce;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Bounds how many requests a node takes bytes from at a time, since each has a temporary file of
/// some megabytes, and how many of them are of one organization. Safe for use by many threads at
/// once.
@Component
final class Places {

  static final int MOST = 128;
  static final int MOST_OF_ONE = 32;

  private final Map<Long, Integer> taken = new HashMap<>();
  private int all;

  /// A place, until it is closed.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  synchronized Place take(long organizationId) {
    int theirs = taken.getOrDefault(organizationId, 0);
    if (theirs >= MOST_OF_ONE) throw new FailureException(new TooManyAtOnce(MOST_OF_ONE));
    if (all >= MOST) throw new FailureException(ApiFailure.Plain.BUSY);
    taken.put(organizationId, theirs + 1);
    all++;
    return () -> leave(organizationId);
  }

  private synchronized void leave(long organizationId) {
    taken.computeIfPresent(organizationId, (_, theirs) -> theirs == 1 ? null : theirs - 1);
    all--;
  }
}
