package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchRequest;
import dev.darkroom.fetch.Fetched;
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
    try (Fetched answer = get(url)) {
      if (answer.bodyLength() > limits.maxZipBytes()) {
        throw new FailureException(new ZipTooLarge(answer.bodyLength(), limits.maxZipBytes()));
      }
      long length =
          store.put(
              key, new CappedStream(answer.body(), limits.maxZipBytes(), new Pace(Pace.PATIENCE)));
      return new StoredRangeSource(store, key, length);
    } catch (IOException e) {
      throw new FailureException(StorageFailure.of(e), e);
    }
  }

  private Fetched get(SourceUrl url) {
    try {
      return http.get(url, FetchRequest.whole());
    } catch (FailureException e) {
      throw new FailureException(SourceFault.of(e.failure()), e);
    }
  }
}
