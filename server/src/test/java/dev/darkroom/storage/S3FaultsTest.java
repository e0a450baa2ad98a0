package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.time.Clock;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store that is not there, does not answer, or does not let us in.
class S3FaultsTest {

  private static final ObjectKey KEY = new ObjectKey("uploads/7/00012");
  private static final StoreLocation.Bucket BUCKET = new StoreLocation.Bucket("images", "");

  /// More than the sockets' buffers take, so that a put is stuck in its writing.
  private static final byte[] LARGE = new byte[32 << 20];

  /// For a store that is paused; a busy machine may well take a second for a good answer.
  private static final S3Timeouts SHORT =
      new S3Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), LARGE.length);

  private S3Server server;

  @BeforeEach
  void start() {
    server = S3Server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static S3Store open(StoreLocation.Bucket bucket, S3Settings settings) {
    return new S3Store(bucket, settings, S3Timeouts.DEFAULT, Clock.systemUTC());
  }

  private S3Settings withSecretKey(String secretKey) {
    return new S3Settings(server.endpoint(), null, server.accessKey(), secretKey, null, false);
  }

  @Test
  void takesAStoreThatIsNotThereForOut() throws IOException {
    try (var store = open(BUCKET, server.settings())) {
      store.put(KEY, MemorySegment.ofArray(new byte[] {1}));
      server.kill();
      assertFails(store, "s3://images at " + server.endpoint() + ": nothing answers");
      server.restart();
      assertThat(store.length(KEY)).isOne();
    }
  }

  @Test
  void takesAStoreThatDoesNotAnswerForOut() throws IOException {
    try (var patient = open(BUCKET, server.settings());
        var store = new S3Store(BUCKET, server.settings(), SHORT, Clock.systemUTC())) {
      patient.put(KEY, MemorySegment.ofArray(LARGE));
      try (var begun = store.get(KEY, 0, Long.MAX_VALUE)) {
        server.pause();
        assertFails(store, "s3://images at " + server.endpoint() + ": it ");
        assertThatThrownBy(begun::readAllBytes).isInstanceOf(IOException.class);
      }
      server.resume();
      // What was asked of the other key meanwhile may be done only now.
      var other = new ObjectKey("uploads/7/00013");
      patient.put(other, MemorySegment.ofArray(new byte[] {1}));
      assertThat(patient.length(other)).isOne();
    }
  }

  @Test
  void saysThatTheKeysAreWrongWithoutShowingThem() {
    try (var store = open(BUCKET, withSecretKey("another-secret-key"))) {
      assertFails(store, "it denies access (403");
      assertThatThrownBy(store::requireUsable)
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("storage.bucket-unusable")
          .hasMessageContaining("it denies access (403")
          .satisfies(e -> assertThat(trace(e)).doesNotContain("another-secret-key"));
    }
  }

  @Test
  void neverTakesAMissingBucketForAMissingObject() {
    var missing = new StoreLocation.Bucket("no-such-bucket", "darkroom");
    try (var store = open(missing, server.settings())) {
      // To delete from a bucket that is missing is no error to s3proxy.
      assertNeitherReadsNorPuts(store, "there is no such bucket");
      assertThatThrownBy(store::requireUsable)
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("s3://no-such-bucket/darkroom");
    }
  }

  @Test
  void acceptsABucketThatIsThere() {
    try (var store = open(BUCKET, server.settings())) {
      assertThatCode(store::requireUsable).doesNotThrowAnyException();
    }
  }

  private static void assertFails(S3Store store, String reason) {
    assertNeitherReadsNorPuts(store, reason);
    assertFault(() -> store.delete(KEY), reason);
    assertFault(store::discardUnfinishedPuts, reason);
  }

  private static void assertNeitherReadsNorPuts(S3Store store, String reason) {
    assertFault(() -> store.length(KEY), reason);
    assertFault(() -> store.get(KEY, 0, 1).close(), reason);
    assertFault(() -> store.put(KEY, MemorySegment.ofArray(LARGE)), reason);
    assertFault(() -> store.put(KEY, new ByteArrayInputStream(LARGE)), reason);
  }

  private static void assertFault(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining(reason);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static String trace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
