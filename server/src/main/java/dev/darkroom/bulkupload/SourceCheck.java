package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.SourceProbe;
import dev.darkroom.bulkupload.IntakeFailure.StoreFull;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Reads a few bytes of the ZIP while the client waits, so that what is wrong is said at once.
@Component
final class SourceCheck {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final VettedHttp http;
  private final ArchiveLimits limits;
  private final ObjectStore store;

  SourceCheck(VettedHttp http, ArchiveLimits limits, ObjectStore store) {
    this.http = http;
    this.limits = limits;
    this.store = store;
  }

  /// Refuses a source that cannot be read, is plainly no ZIP, or does not fit.
  void check(SourceUrl source) {
    var probe = SourceProbe.probe(http, source, DEADLINE, limits);
    requireRoom(probe.version().length());
  }

  private void requireRoom(long zipBytes) {
    try {
      long available = store.availableBytes();
      if (zipBytes > available) {
        throw new FailureException(new StoreFull(zipBytes, available));
      }
    } catch (IOException storeOut) {
      throw new FailureException(StorageFailure.of(storeOut), storeOut);
    }
  }
}
