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
import dev.darkroom.bulkupload.ArchiveSource.OnTheWeb;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.stagedupload.StagedUploads;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StoredObjects;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Opens the archive of an upload for reading by range: on its web server, or, where that gives no
/// ranges, from the copy that was stored first; or where it was staged.
@Component
final class Sources {

  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(30);

  private final VettedHttp http;
  private final ArchiveLimits limits;
  private final ObjectStore store;
  private final StoredObjects objects;
  private final StagedUploads staged;
  private final RangeReading reading;

  Sources(
      VettedHttp http,
      ArchiveLimits limits,
      ObjectStore store,
      StoredObjects objects,
      StagedUploads staged,
      Pause pause,
      NodeMemory memory) {
    this.http = http;
    this.limits = limits;
    this.store = store;
    this.objects = objects;
    this.staged = staged;
    this.reading = new RangeReading(memory.archives(), pause);
  }

  /// An archive and the version of it that every later read is held to.
  ///
  /// @param spooled whether it is a copy of our own
  record Pinned(RangeSource archive, SourceVersion version, boolean spooled) {}

  /// Looks at the source and settles which version of it is read, and how.
  Pinned pin(BulkUpload upload) {
    return switch (upload.source()) {
      case OnTheWeb(var url) -> pin(upload, url);
      case Staged(var uploadId) -> {
        var archive = staged.open(uploadId);
        yield new Pinned(archive, SourceVersion.ofLength(archive.length()), false);
      }
    };
  }

  private Pinned pin(BulkUpload upload, SourceUrl url) {
    var probe = SourceProbe.again(http, url, PROBE_DEADLINE, limits);
    if (probe.rangesWork()) {
      return new Pinned(onItsServer(url, probe.version()), probe.version(), false);
    }
    return new Pinned(spool(upload, url), probe.version(), true);
  }

  /// The archive that the plan pinned.
  RangeSource open(BulkUpload upload) {
    if (upload.spooled()) return StoredRangeSource.open(store, spoolKey(upload));
    return switch (upload.source()) {
      case OnTheWeb(var url) -> onItsServer(url, Objects.requireNonNull(upload.version()));
      case Staged(var uploadId) -> staged.open(uploadId);
    };
  }

  private RangeSource onItsServer(SourceUrl url, SourceVersion version) {
    return new HttpRangeSource(http, url, version, reading);
  }

  private RangeSource spool(BulkUpload upload, SourceUrl url) {
    try (var _ = objects.announce(upload.id(), List.of(upload.spoolKey()))) {
      return new ArchiveCopy(http, store, limits).copy(url, spoolKey(upload));
    }
  }

  private static ObjectKey spoolKey(BulkUpload upload) {
    return upload.spoolKey().original();
  }
}
