package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.archive.ArchiveFailure.CopyMissing;
import dev.darkroom.archive.ArchiveFailure.StoreUnavailable;
import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.archive.SourceFailure.SourceRefused;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.StorageFailure;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArchiveCopyTest {

  private static final ObjectKey KEY = new ObjectKey("spool/1");
  private static final byte[] ZIP =
      TestZip.with(file("a.jpg", noise(400_000)), file("b.jpg", "bb")).bytes();

  private final VettedHttp http = Http.open();
  private final ZipServer server = ZipServer.serving(ZIP).ignoreRanges();
  private final MemoryStore store = new MemoryStore();

  @AfterEach
  void close() throws IOException {
    server.close();
    http.close();
  }

  @Test
  void readsTheArchiveFromItsCopy() {
    StoredRangeSource copy = copy(1 << 20);
    assertThat(copy.length()).isEqualTo(ZIP.length);
    var entries = CentralDirectory.read(copy, ArchiveLimits.defaults()).entries();
    assertThat(Entries.readAll(copy, entries)).element(1).isEqualTo("bb");
    assertThat(StoredRangeSource.open(store, KEY)).isEqualTo(copy);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void copiesAnArchiveWithoutALengthUpToTheLimit() {
    server.withoutLength();
    assertThat(copy(ZIP.length).length()).isEqualTo(ZIP.length);
    Failure failure = failure(ZIP.length - 1);
    assertThat(failure).isEqualTo(new ZipTooLarge(ZIP.length, ZIP.length - 1L));
    assertThat(failure.status()).isEqualTo(413);
  }

  @Test
  void storesNothingOfAnArchiveOverTheLimit() {
    assertThat(failure(1_000)).isEqualTo(new ZipTooLarge(ZIP.length, 1_000));
    server.withoutLength();
    assertThat(failure(1_000)).isEqualTo(new ZipTooLarge(1_001, 1_000));
    assertThat(store.objects).isEmpty();
  }

  @Test
  void storesNothingOfAnArchiveThatBreaksOff() {
    server.truncateAfter(200_000, 1);
    Failure failure = failure(1 << 20);
    assertThat(failure).isInstanceOf(ConnectionLost.class);
    assertThat(failure.status()).isEqualTo(424);
    assertThat(store.objects).isEmpty();
  }

  @Test
  void tellsASourceThatRefuses() {
    server.expire();
    assertThat(failure(1 << 20)).isEqualTo(new SourceRefused("it answered 403"));
  }

  @Test
  void tellsAStoreThatIsOutFromACopyThatIsGone() throws IOException {
    StoredRangeSource copy = copy(1 << 20);
    store.out = true;
    Failure out = catchThrowableOfType(FailureException.class, () -> copy.open(0, 9)).failure();
    assertThat(out).isInstanceOf(StoreUnavailable.class);
    assertThat(out.retry()).isEqualTo(Retry.WHEN_BACK);
    assertThat(failure(1 << 20)).isEqualTo(StorageFailure.Plain.UNREACHABLE);
    store.out = false;
    store.delete(KEY);
    assertThat(catchThrowableOfType(FailureException.class, () -> copy.open(0, 9)).failure())
        .isInstanceOf(CopyMissing.class);
    assertThat(
            catchThrowableOfType(FailureException.class, () -> StoredRangeSource.open(store, KEY))
                .failure())
        .isInstanceOf(CopyMissing.class);
  }

  private StoredRangeSource copy(long maxZipBytes) {
    var limits = new ArchiveLimits(5, maxZipBytes, 10, 1 << 20, 1 << 20, 1 << 20, 1 << 10, 1 << 10);
    return new ArchiveCopy(http, store, limits).copy(Http.url(server), KEY);
  }

  private Failure failure(long maxZipBytes) {
    return catchThrowableOfType(FailureException.class, () -> copy(maxZipBytes)).failure();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
