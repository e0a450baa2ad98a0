package dev.darkroom.dataset;

import dev.darkroom.TestServer;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Puts images into datasets as a bulk upload does, from bytes that only look like images.
final class TestImages {

  private final TestServer server;
  private final DatasetImages images;

  TestImages(TestServer server) {
    this.server = server;
    this.images = server.bean(DatasetImages.class);
  }

  /// Adds `count` visible images to a dataset that never had a bulk upload.
  void publish(long datasetId, int count) {
    var upload = upload(datasetId, "completed");
    for (var ordinal = 0; ordinal < count; ordinal++) {
      add(datasetId, upload, ordinal, "shoot/%03d.jpg".formatted(ordinal));
    }
    images.publish(upload);
  }

  /// A bulk upload in the state, which is its only one; gives its id.
  long upload(long datasetId, String state) {
    var ended = state.equals("completed");
    return server
        .jdbc()
        .sql(
            """
            WITH job AS (
              INSERT INTO job (dataset_id, running) VALUES (:id, true) RETURNING id AS job_id)
            INSERT INTO bulk_upload (id, dataset_id, organization_id, request_id, legacy, automatic_captioning, state,
                                     phase, source_shown, created_at, finished_at)
            SELECT job_id, id, organization_id, 'r', false, false, :state, :phase, 's', now(),
                   CASE WHEN :ended THEN now() END
            FROM dataset, job WHERE id = :id
            RETURNING id
            """)
        .param("id", datasetId)
        .param("state", state)
        .param("phase", ended ? "finished" : "reading")
        .param("ended", ended)
        .query((row, _) -> row.getLong(1))
        .single();
  }

  void end(long uploadId) {
    server
        .jdbc()
        .sql(
            "UPDATE bulk_upload SET state = 'completed', phase = 'finished', finished_at = now()"
                + " WHERE id = :id")
        .param("id", uploadId)
        .update();
  }

  /// An image that nobody sees yet.
  void add(long datasetId, long uploadId, int ordinal, String name) {
    add(datasetId, uploadId, ordinal, name, null);
  }

  void add(long datasetId, long uploadId, int ordinal, String name, @Nullable String caption) {
    var bytes = original(ordinal);
    var key = new ObjectKey("test/%d/%d".formatted(uploadId, ordinal));
    put(key.variant("original"), bytes);
    put(key.variant("thumbnail"), thumbnail(ordinal));
    var facts =
        new NewImage.Facts(
            1600,
            1200,
            ImageFormat.PNG,
            bytes.length,
            sha256(bytes),
            crc32(bytes),
            -1L,
            true,
            Map.of("make", "Camera\0\0", "iso", 100));
    images.addUnpublished(
        List.of(
            new NewImage(datasetId, uploadId, ordinal, storedObject(key), name, caption, facts)));
  }

  static byte[] original(int ordinal) {
    var bytes = new byte[1000 + ordinal];
    Arrays.fill(bytes, (byte) ordinal);
    bytes[0] = 'o';
    return bytes;
  }

  static byte[] thumbnail(int ordinal) {
    return ("thumbnail of " + ordinal).getBytes(StandardCharsets.US_ASCII);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static long crc32(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private long storedObject(ObjectKey key) {
    return server
        .jdbc()
        .sql(
            "INSERT INTO stored_object (object_key, created_at) VALUES (:key, now())"
                + " ON CONFLICT (object_key) DO UPDATE SET object_key = :key RETURNING id")
        .param("key", key.value())
        .query((row, _) -> row.getLong(1))
        .single();
  }

  private void put(ObjectKey key, byte[] bytes) {
    try {
      server.bean(ObjectStore.class).put(key, new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
