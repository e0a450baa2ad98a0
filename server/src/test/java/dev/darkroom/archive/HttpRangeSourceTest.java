package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.archive.ArchiveFailure.Changed;
import dev.darkroom.archive.ArchiveFailure.ReadingInterrupted;
import dev.darkroom.archive.SourceFailure.ConnectionLost;
import dev.darkroom.archive.SourceFailure.RangeNotSupported;
import dev.darkroom.archive.SourceFailure.SourceRefused;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.MemoryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpRangeSourceTest {

  private static final byte[] CONTENT = noise(20 << 20);

  private final VettedHttp http = Http.open(Duration.ofMillis(400));
  private final ZipServer server = ZipServer.serving(CONTENT);
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final MemoryBudget memory = new MemoryBudget(64 << 20);

  @AfterEach
  void close() throws IOException {
    server.close();
    http.close();
  }

  @Test
  void givesEveryByteInRangesOfEightMegabytes() throws IOException {
    assertThat(readAll(source())).isEqualTo(CONTENT);
    assertThat(server.requests())
        .extracting(ZipServer.Request::range)
        .containsExactly("bytes=0-8388607", "bytes=8388608-16777215", "bytes=16777216-20971519");
  }

  @Test
  void readsAnyPart() throws IOException {
    try (InputStream part = source().open(1_000_000, 777)) {
      assertThat(part.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 1_000_000, 1_000_777));
    }
    try (InputStream none = source().open(CONTENT.length, 0)) {
      assertThat(none.read()).isEqualTo(-1);
    }
  }

  @Test
  void readsAheadByOneRangeAndNoFurther() throws IOException {
    try (InputStream all = source().open(0, CONTENT.length)) {
      assertThat(all.read()).isEqualTo(CONTENT[0] & 0xFF);
      awaitRequests(2);
      all.skipNBytes((8 << 20) - 2);
      assertThat(server.requests()).hasSize(2);
      all.skipNBytes(2);
      awaitRequests(3);
    }
  }

  @Test
  void readsEntriesOfARealArchive() throws IOException {
    List<TestEntry> files = new ArrayList<>();
    for (int i = 0; i < 300; i++) files.add(file("f" + i, i + ":" + "x".repeat(i)));
    server.replaceWith(TestZip.with(files).source(), "\"zip\"");
    HttpRangeSource source = source();
    var entries = CentralDirectory.read(source, ArchiveLimits.defaults()).entries();
    server.forgetRequests();
    assertThat(Entries.readAll(source, entries))
        .hasSize(300)
        .element(299)
        .asString()
        .startsWith("299:");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void goesOnAtTheByteReachedWhenTheConnectionBreaks() throws IOException {
    HttpRangeSource source = source();
    server.truncateAfter(3_000_000, 2);
    assertThat(readAll(source)).isEqualTo(CONTENT);
    assertThat(server.requests())
        .extracting(request -> request.range())
        .anySatisfy(
            range -> assertThat(range).isNotEqualTo("bytes=0-8388607").endsWith("-8388607"));
    assertThat(pauses)
        .hasSize(2)
        .allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(2)));
  }

  @Test
  void waitsAsLongAsItIsAskedTo() throws IOException {
    HttpRangeSource source = source();
    server.failNext(2, 503, Duration.ofSeconds(7));
    assertThat(readPart(source)).hasSize(1_000);
    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
  }

  @Test
  void waitsNoLongerThanHalfAMinute() throws IOException {
    HttpRangeSource source = source();
    server.failNext(1, 429, Duration.ofHours(1));
    assertThat(readPart(source)).hasSize(1_000);
    assertThat(pauses).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void givesUpAfterFourTries() {
    HttpRangeSource source = source();
    server.failNext(99, 503, null);
    Failure failure = failureOf(source);
    assertThat(failure).isEqualTo(new ConnectionLost("it answered 503"));
    assertThat(failure.status()).isEqualTo(424);
    assertThat(failure.retry()).isEqualTo(Retry.LATER);
    assertThat(server.requests()).hasSize(4);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void givesUpOnASourceThatStalls() {
    HttpRangeSource source = source();
    server.stallAfter(100);
    assertThat(failureOf(source)).isInstanceOf(ConnectionLost.class);
  }

  @Test
  void doesNotAskAgainWhereTheSignatureHasExpired() {
    HttpRangeSource source = source();
    server.expire();
    Failure failure = failureOf(source);
    assertThat(failure).isEqualTo(new SourceRefused("it answered 403"));
    assertThat(failure.status()).isEqualTo(424);
    assertThat(failure.message()).doesNotContain("secret");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void sendsTheStrongTagAndRefusesAnotherVersion() {
    HttpRangeSource source = source();
    server.replaceWith(TestZip.sourceOf(CONTENT.clone()), "\"v2\"");
    assertThat(failureOf(source)).isInstanceOf(Changed.class);
    assertThat(server.requests().getFirst().headers()).containsEntry("if-match", "\"v1\"");
  }

  @Test
  void refusesAnotherVersionMidway() {
    HttpRangeSource source = source();
    server.replaceAfter(1, TestZip.sourceOf(new byte[CONTENT.length]), "\"v2\"");
    Failure failure = catchThrowableOfType(FailureException.class, () -> readAll(source)).failure();
    assertThat(failure).isInstanceOf(Changed.class);
    assertThat(failure.status()).isEqualTo(422);
  }

  @Test
  void tellsVersionsWithAWeakTagByDate() throws IOException {
    server.etag("W/\"v1\"");
    HttpRangeSource source = source();
    server.etag("W/\"v2\"");
    assertThat(readPart(source)).hasSize(1_000);
    assertThat(server.requests().getLast().headers()).doesNotContainKey("if-match");
    server.lastModified(Instant.parse("2026-05-27T12:00:00Z"));
    assertThat(failureOf(source)).isInstanceOf(Changed.class);
  }

  @Test
  void tellsVersionsByLengthWhereThereIsNothingElse() {
    server.etag(null).lastModified(null);
    HttpRangeSource source = source();
    server.replaceWith(TestZip.sourceOf(noise(5_000)), null).lastModified(null);
    assertThat(failureOf(source)).isInstanceOf(Changed.class);
  }

  @Test
  void aShorterArchiveInItsPlaceIsAnotherVersion() {
    server.etag(null);
    HttpRangeSource source = source();
    server.replaceWith(TestZip.sourceOf(noise(500)), null);
    assertThat(
            catchThrowableOfType(FailureException.class, () -> source.open(5_000, 10).read())
                .failure())
        .isInstanceOf(Changed.class);
  }

  @Test
  void refusesAServerThatStopsKnowingRanges() {
    HttpRangeSource source = source();
    server.ignoreRanges();
    assertThat(failureOf(source)).isInstanceOf(RangeNotSupported.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void refusesOtherBytesThanItAskedFor() {
    HttpRangeSource source = source();
    server.shiftRanges(1);
    assertThat(failureOf(source)).isInstanceOf(RangeNotSupported.class);
  }

  @Test
  void closingEarlyStopsTheRangeThatIsUnderWay() throws IOException {
    HttpRangeSource source = source();
    server.stallAfter(100);
    InputStream stream = source.open(0, CONTENT.length);
    awaitRequests(1);
    stream.close();
    stream.close();
    assertThat(pauses).hasSizeLessThan(2);
  }

  @Test
  void anInterruptedReaderEndsAndKeepsItsFlag() throws Exception {
    HttpRangeSource source = source();
    server.stallAfter(100);
    var interrupted = new CountDownLatch(1);
    Thread reader =
        Thread.startVirtualThread(() -> {
          Failure failure = failureOf(source);
          if (failure instanceof ReadingInterrupted && Thread.currentThread().isInterrupted()) {
            interrupted.countDown();
          }
        });
    awaitRequests(1);
    reader.interrupt();
    interrupted.await();
  }

  @Test
  void manyReadersShareOneSource() throws Exception {
    HttpRangeSource source = source();
    List<Thread> readers = new ArrayList<>();
    List<Throwable> wrong = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 40; i++) {
      int offset = i * 400_000;
      readers.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, e) -> wrong.add(e))
              .start(() -> assertPart(source, offset)));
    }
    for (Thread reader : readers) reader.join();
    assertThat(wrong).isEmpty();
  }

  private static void assertPart(HttpRangeSource source, int offset) {
    for (int i = 0; i < 10; i++) {
      try (InputStream part = source.open(offset, 30_000)) {
        assertThat(part.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(CONTENT, offset, offset + 30_000));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private HttpRangeSource source() {
    var probe =
        SourceProbe.probe(http, Http.url(server), Duration.ofSeconds(10), ArchiveLimits.defaults());
    server.forgetRequests();
    return new HttpRangeSource(
        http, Http.url(server), probe.version(), new RangeReading(memory, pauses::add));
  }

  private static byte[] readAll(RangeSource source) throws IOException {
    try (InputStream all = source.open(0, source.length())) {
      return all.readAllBytes();
    }
  }

  private static byte[] readPart(RangeSource source) throws IOException {
    try (InputStream part = source.open(0, 1_000)) {
      return part.readAllBytes();
    }
  }

  private static Failure failureOf(RangeSource source) {
    return catchThrowableOfType(FailureException.class, () -> readPart(source)).failure();
  }

  private void awaitRequests(int count) {
    while (server.requests().size() < count) Thread.onSpinWait();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
