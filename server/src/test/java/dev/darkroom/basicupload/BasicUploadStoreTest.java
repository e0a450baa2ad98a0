package dev.darkroom.basicupload;

import static dev.darkroom.basicupload.BasicUploadClient.added;
import static dev.darkroom.basicupload.BasicUploadClient.assertRefused;
import static dev.darkroom.basicupload.BasicUploadClient.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.storage.StoredObjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/// The bytes of single images in the store: none without a row, none for ever without an image, and
/// none deleted that an upload is about to refer to.
class BasicUploadStoreTest {

  private static final byte[] JPEG = SampleImages.jpeg(64, 64);
  private static final ObjectKey KEY = new ObjectKey("images/test");

  private static TestServer server;
  private static BasicUploadClient client;
  private static StoredObjects objects;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("darkroom.limits.min-dimension", "64"));
    // Whose clean-up comes at any moment.
    server.bean(Scheduler.class).pause();
    client = new BasicUploadClient(server);
    objects = server.bean(StoredObjects.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void empty() {
    server.jdbc().sql("DELETE FROM dataset_image").update();
    server.jdbc().sql("UPDATE stored_object SET put_until = now() - interval '1 s'").update();
    StoredFiles.cleanUp(server);
    assertThat(StoredFiles.of(server)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void stayAsLongAsTheirImageDoes() {
    long dataset = client.dataset();
    var image = added(client.send(dataset, JPEG));
    StoredFiles.cleanUp(server);
    assertThat(StoredFiles.of(server)).as("an original and a thumbnail").hasSize(2);
    String path = path(dataset, "/images/" + image.get("id").asLong());
    assertThat(client.api().delete(path).status()).isEqualTo(204);
    StoredFiles.cleanUp(server);
    assertThat(StoredFiles.of(server)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void goAtOnceWhereTheImageIsNotAddedInTheEnd() {
    long dataset = client.dataset();
    // As if the dataset were completed in this moment.
    server
        .jdbc()
        .sql(
            """
            CREATE FUNCTION complete() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              UPDATE dataset SET status = 'completed';
              RETURN NEW;
            END $$;
            CREATE TRIGGER complete BEFORE INSERT ON stored_object FOR EACH ROW EXECUTE FUNCTION complete()
            """)
        .update();
    try {
      assertRefused(client.send(dataset, JPEG), 409, "basic-upload.dataset-completed");
    } finally {
      server
          .jdbc()
          .sql("DROP TRIGGER complete ON stored_object; DROP FUNCTION complete()")
          .update();
    }
    assertThat(StoredFiles.of(server)).hasSize(2);
    StoredFiles.cleanUp(server);
    assertThat(StoredFiles.of(server)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void thatCannotBePutAreAnOutage() throws IOException {
    Path objects = server.data().resolve("objects");
    Path aside = server.data().resolve("aside");
    long dataset = client.dataset();
    Files.move(objects, aside);
    Files.createFile(objects);
    try {
      Answer answer = client.send(dataset, JPEG);
      assertRefused(answer, 503, "storage.unreachable");
      assertThat(answer.header("Retry-After")).isPresent();
    } finally {
      Files.delete(objects);
      Files.move(aside, objects);
    }
    assertThat(client.images(dataset)).isEmpty();
    added(client.send(dataset, JPEG));
  }

  @Test
  void areLeftAloneWhileTheyArePut() throws IOException {
    try (var putting = objects.announce(KEY)) {
      put();
      StoredFiles.cleanUp(server);
      assertThat(StoredFiles.of(server)).hasSize(1);
      assertThat(claim(id(putting))).isTrue();
    }
  }

  /// What a node has put that died in the middle.
  @Test
  void goOnceNobodyCanPutThemAnyMore() throws IOException {
    var _ = objects.announce(KEY);
    put();
    expire();
    StoredFiles.cleanUp(server);
    assertThat(StoredFiles.of(server)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void areNotReferredToOnceTheirTimeIsOver() {
    try (var putting = objects.announce(KEY)) {
      expire();
      assertThat(claim(id(putting))).isFalse();
      // A clean-up is in the middle of deleting them.
      assertThat(objects.doom(10)).containsExactly(KEY);
      assertThat(claim(id(putting))).isFalse();
    }
  }

  /// A node that was frozen for longer than an upload may take.
  @Test
  void thatComeAfterTheirRowHasGoneGetAnother() throws IOException {
    try (var putting = objects.announce(KEY)) {
      expire();
      StoredFiles.cleanUp(server);
      assertThat(rows()).isZero();
      put();
      assertThat(claim(id(putting))).isFalse();
    }
    assertThat(rows()).isOne();
    StoredFiles.cleanUp(server);
    assertThat(StoredFiles.of(server)).isEmpty();
  }

  private static void put() throws IOException {
    server.bean(ObjectStore.class).put(KEY.original(), new ByteArrayInputStream(JPEG));
  }

  private static void expire() {
    server.jdbc().sql("UPDATE stored_object SET put_until = now() - interval '1 s'").update();
  }

  private static long id(StoredObjects.Putting putting) {
    return Objects.requireNonNull(putting.ids().get(KEY));
  }

  private static boolean claim(long id) {
    return Boolean.TRUE.equals(
        server.bean(TransactionTemplate.class).execute(_ -> objects.claim(id)));
  }

  private static int rows() {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM stored_object")
        .query((row, _) -> row.getInt(1))
        .single();
  }
}
