package dev.darkroom.archive;

import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;

/// Copies a whole archive into the object store once, for a server that knows no ranges, and never
/// a byte more than the limit allows. Safe for use by many threads at once.
public record ArchiveCopy(VettedHttp http, ObjectStore store, ArchiveLimits limits) {

  /// Downloads what lies at `url` to `key`, in place of what was there. Where the source fails,
  /// nothing is stored.
  public StoredRangeSource copy(SourceUrl url, ObjectKey key) {
    try (var download = WholeDownload.begin(http, url, limits)) {
      return new StoredRangeSource(store, key, store.put(key, download.body()));
    } catch (IOException e) {
      throw new FailureException(StorageFailure.of(e), e);
    }
  }
}
