package dev.darkroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/// The contract, on a real S3 server.
class S3StoreTest extends ObjectStoreContract {

  private static final ObjectKey KEY = new ObjectKey("a/b");

  private static final StoreLocation.Bucket FOLDER = new StoreLocation.Bucket("images", "darkroom");

  private static S3Server server;
  private S3Store store;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    store = new S3Store(FOLDER, server.settings(), S3Timeouts.DEFAULT, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
    for (var key : server.keys()) {
      server.client().deleteObject(delete -> delete.bucket(server.bucket()).key(key));
    }
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void leavesNoPartsOfAStreamThatFails() {
    var failing =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[2 * PART]), BrokenInputStream.INSTANCE);
    assertThatThrownBy(() -> store.put(KEY, failing)).isInstanceOf(IOException.class);
    assertThat(server.unfinishedUploads()).isEmpty();
    assertThat(server.keys()).isEmpty();
  }

  @Test
  void keepsItsObjectsBelowItsFolder() throws IOException {
    store.put(KEY, new ByteArrayInputStream(new byte[1]));
    assertThat(server.keys()).containsExactly("darkroom/a/b");
  }

  @Test
  void discardsThePutsThatANodeDiedInAndNoneThatGoesOn() throws IOException {
    var dead = begin("darkroom/dead");
    var others = begin("others/dead");
    writtenTwoHoursAgo();
    var underWay = begin("darkroom/under-way");
    store.discardUnfinishedPuts();
    assertThat(server.unfinishedUploads())
        .containsExactlyInAnyOrder("others/dead", "darkroom/under-way");
    abort("others/dead", others);
    abort("darkroom/under-way", underWay);
    assertThat(dead).isNotEqualTo(underWay);
  }

  @Test
  void takesAPutThatBeganLongAgoForGoingOnWhereItHasWrittenAPartLately() throws IOException {
    var upload = begin("darkroom/slow");
    writtenTwoHoursAgo();
    server
        .client()
        .uploadPart(
            part ->
                part.bucket(server.bucket()).key("darkroom/slow").uploadId(upload).partNumber(1),
            RequestBody.fromString("some"));
    store.discardUnfinishedPuts();
    assertThat(server.unfinishedUploads()).containsExactly("darkroom/slow");
    writtenTwoHoursAgo();
    store.discardUnfinishedPuts();
    assertThat(server.unfinishedUploads()).isEmpty();
  }

  private static String begin(String key) {
    return server
        .client()
        .createMultipartUpload(create -> create.bucket(server.bucket()).key(key))
        .uploadId();
  }

  private static void abort(String key, String upload) {
    server
        .client()
        .abortMultipartUpload(abort -> abort.bucket(server.bucket()).key(key).uploadId(upload));
  }

  /// Whatever the server holds.
  private static void writtenTwoHoursAgo() throws IOException {
    var time = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    try (var files = Files.walk(server.objects())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }
}
