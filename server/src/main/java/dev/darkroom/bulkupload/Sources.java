package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveCopy;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.HttpRangeSource;
import dev.darkroom.archive.Pause;
import dev.darkroom.archive.RangeReading;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.SourceProbe;
import dev.darkroom.archive.SourceVersion;
import dev.darkroom.archive.StoredRangeSource;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StoredObjects;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Opens the archive of an upload for reading by range: on its web server, or, where that gives no
/// ranges, from the copy that was stored first.
@Component
final class Sources {

  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(30);

  private final VettedHttp http;
  private final ArchiveLimits limits;
  private final ObjectStore store;
  private final StoredObjects objects;
  private final RangeReading reading;

  Sources(
      VettedHttp http,
      ArchiveLimits limits,
      ObjectStore store,
      StoredObjects objects,
      Pause pause,
      NodeMemory memory) {
    this.http = http;
    this.limits = limits;
    this.store = store;
    this.objects = objects;
    this.reading = new RangeReading(memory.archives(), pause);
  }

  /// An archive and the version of it that every later read is held to.
  ///
  /// @param spooled whether it is a copy of our own
  record Pinned(RangeSource archive, SourceVersion version, boolean spooled) {}

  /// Looks at the source and settles which version of it is read, and how.
  Pinned pin(BulkUpload upload) {
    var probe = SourceProbe.again(http, upload.source(), PROBE_DEADLINE, limits);
    if (probe.rangesWork()) {
      return new Pinned(onItsServer(upload, probe.version()), probe.version(), false);
    }
    return new Pinned(spool(upload), probe.version(), true);
  }

  /// The archive that the plan pinned.
  RangeSource open(BulkUpload upload) {
    if (upload.spooled()) return StoredRangeSource.open(store, spoolKey(upload));
    return onItsServer(upload, Objects.requireNonNull(upload.version()));
  }

  private RangeSource onItsServer(BulkUpload upload, SourceVersion version) {
    return new HttpRangeSource(http, upload.source(), version, reading);
  }

  private RangeSource spool(BulkUpload upload) {
    try (var _ = objects.announce(upload.id(), List.of(upload.spoolKey()))) {
      return new ArchiveCopy(http, store, limits).copy(upload.source(), spoolKey(upload));
    }
  }

  private static ObjectKey spoolKey(BulkUpload upload) {
    return upload.spoolKey().original();
  }
}
