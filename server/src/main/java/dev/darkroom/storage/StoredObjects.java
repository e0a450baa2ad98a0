package dev.darkroom.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What the store is known to hold (SQL of `stored_object`). A row is announced before its bytes
/// are put and forgotten after they are deleted and the job that puts them is over, so that neither
/// a crash nor a run that nobody waits for any more leaves bytes without a row.
@Component
public class StoredObjects {

  // A row that is there already is returned, too. One that a clean-up has marked is kept: the
  // clean-up may have deleted the bytes before this run put them again, and looks at it once more.
  private static final String ANNOUNCE =
      """
      INSERT INTO stored_object (object_key, job_id, created_at)
      SELECT object_key, :jobId, :now FROM unnest(:keys) object_key
      ON CONFLICT (object_key) DO UPDATE SET state = 'kept', original_deleted = false
      RETURNING id, object_key
      """;
  // The database tells the time: nodes' clocks differ.
  private static final String ANNOUNCE_WITHOUT_JOB =
      """
      INSERT INTO stored_object (object_key, created_at, put_until)
      VALUES (:key, :now, now() + make_interval(secs => :seconds))
      ON CONFLICT (object_key) DO UPDATE SET state = 'kept', put_until = EXCLUDED.put_until
      RETURNING id, object_key
      """;
  private static final String CLAIM =
      """
      SELECT id FROM stored_object
      WHERE id = :id AND state = 'kept' AND put_until > now()
      FOR NO KEY UPDATE
      """;
  // A job that is over, but has a task with the scheduler still, may yet put what it announced.
  private static final String NEVER_PUT_AGAIN =
      """
      NOT EXISTS (SELECT FROM job WHERE job.id = object.job_id AND job.running)
        AND (object.put_until IS NULL OR object.put_until < now())
        AND NOT EXISTS (
          SELECT FROM scheduled_tasks task
          WHERE split_part(task.task_instance, '/', 1) = object.job_id::text)
      """;
  private static final String OF_NO_IMAGE =
      "NOT EXISTS (SELECT FROM dataset_image image WHERE image.stored_object_id = object.id) ";
  private static final String OF_NO_FAILED_IMAGE =
      "NOT EXISTS (SELECT FROM bulk_upload_entry entry WHERE entry.thumbnail_object_id = object.id) ";
  private static final String OF_NO_STAGED_UPLOAD =
      "NOT EXISTS (SELECT FROM staged_piece piece WHERE piece.stored_object_id = object.id) ";
  private static final String LOCK_UNUSED =
      "SELECT id FROM stored_object object WHERE state = 'kept' AND "
          + OF_NO_IMAGE
          + "AND "
          + OF_NO_FAILED_IMAGE
          + "AND "
          + OF_NO_STAGED_UPLOAD
          + "AND "
          + NEVER_PUT_AGAIN
          + "LIMIT :count FOR UPDATE SKIP LOCKED";
  // Looked at once more under the lock: a reference may have come between.
  private static final String DOOM =
      "UPDATE stored_object object SET state = 'deleting' WHERE id = ANY (:ids) AND "
          + OF_NO_IMAGE
          + "AND "
          + OF_NO_FAILED_IMAGE
          + "AND "
          + OF_NO_STAGED_UPLOAD;
  private static final String DOOM_ONE =
      "UPDATE stored_object SET state = 'deleting' WHERE object_key = :key";
  private static final String DOOMED =
      "SELECT object_key FROM stored_object object WHERE state = 'deleting' AND "
          + NEVER_PUT_AGAIN
          + "LIMIT :count";
  private static final String FORGET =
      "DELETE FROM stored_object WHERE object_key = ANY (:keys) AND state = 'deleting'";
  private static final String WITH_UNUSED_ORIGINAL =
      """
      SELECT object.object_key FROM bulk_upload_entry entry
      JOIN stored_object object ON object.id = entry.thumbnail_object_id
      WHERE entry.thumbnail_object_id IS NOT NULL AND object.state = 'kept' AND NOT original_deleted AND
      """
          + OF_NO_IMAGE
          + "AND "
          + NEVER_PUT_AGAIN
          + "LIMIT :count";
  private static final String FORGET_ORIGINAL =
      "UPDATE stored_object SET original_deleted = true WHERE object_key = ANY (:keys)";

  /// Longer than any put takes that a client waits for.
  static final Duration PUT_WITHIN = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Clock clock;

  StoredObjects(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// Notes that bytes are about to be put under the keys, by a job, until what is given is closed.
  public Putting announce(long jobId, List<ObjectKey> keys) {
    return new Putting(write(jobId, keys), () -> write(jobId, keys));
  }

  /// Notes that bytes are about to be put under the key, by no job, within [#PUT_WITHIN]. What is
  /// not claimed until what is given is closed is for the clean-up, and so is, after that time,
  /// what a node put that died.
  public Putting announce(ObjectKey key) {
    return new Putting(write(key, PUT_WITHIN), () -> write(key, Duration.ZERO));
  }

  private Map<ObjectKey, Long> write(ObjectKey key, Duration lease) {
    Map<ObjectKey, Long> ids = new HashMap<>();
    jdbc.sql(ANNOUNCE_WITHOUT_JOB)
        .param("key", key.value())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("seconds", lease.toSeconds())
        .query(row -> {
          ids.put(new ObjectKey(row.getString("object_key")), row.getLong("id"));
        });
    return ids;
  }

  /// Whether the object that was announced without a job is there still, to be referred to in the
  /// caller's transaction. False where that took too long, and a clean-up may have deleted it.
  public boolean claim(long id) {
    return jdbc.sql(CLAIM)
        .param("id", id)
        .query((row, _) -> row.getLong("id"))
        .optional()
        .isPresent();
  }

  private Map<ObjectKey, Long> write(long jobId, List<ObjectKey> keys) {
    Map<ObjectKey, Long> ids = new HashMap<>();
    jdbc.sql(ANNOUNCE)
        .param("jobId", jobId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("keys", texts(keys))
        .query(row -> {
          ids.put(new ObjectKey(row.getString("object_key")), row.getLong("id"));
        });
    return ids;
  }

  /// Marks objects that nothing refers to, so that nothing will, and gives marked ones, `count` at
  /// most; what a clean-up that died had marked is among them. None is of a job that may put it
  /// again.
  @Transactional
  public List<ObjectKey> doom(int count) {
    Long[] unused =
        jdbc.sql(LOCK_UNUSED)
            .param("count", count)
            .query((row, _) -> row.getLong("id"))
            .list()
            .toArray(Long[]::new);
    jdbc.sql(DOOM).param("ids", unused).update();
    return jdbc.sql(DOOMED)
        .param("count", count)
        .query((row, _) -> new ObjectKey(row.getString("object_key")))
        .list();
  }

  /// Marks an object that is to go at once, whoever refers to it. Its row stays until its job is
  /// over. Runs in the caller's transaction.
  public void doom(ObjectKey key) {
    jdbc.sql(DOOM_ONE).param("key", key.value()).update();
  }

  /// Forgets objects whose bytes are deleted.
  public void forget(List<ObjectKey> keys) {
    jdbc.sql(FORGET).param("keys", texts(keys)).update();
  }

  /// Objects of which only the thumbnail is referred to, `count` at most, whose originals may be
  /// there still. None is of a job that may put one again.
  public List<ObjectKey> withUnusedOriginal(int count) {
    return jdbc.sql(WITH_UNUSED_ORIGINAL)
        .param("count", count)
        .query((row, _) -> new ObjectKey(row.getString("object_key")))
        .list();
  }

  /// Notes that the originals of objects are deleted.
  public void forgetOriginals(List<ObjectKey> keys) {
    jdbc.sql(FORGET_ORIGINAL).param("keys", texts(keys)).update();
  }

  /// Puts that are under way. Closed when the last of them has ended, well or not, it announces
  /// them once more: a node that was paused, or that the database had lost, may have put bytes
  /// whose rows were forgotten meanwhile, because their job was over.
  public static final class Putting implements AutoCloseable {

    private final Map<ObjectKey, Long> ids;
    private final Runnable again;

    private Putting(Map<ObjectKey, Long> ids, Runnable again) {
      this.ids = Map.copyOf(ids);
      this.again = again;
    }

    /// The ids of the rows by their keys.
    public Map<ObjectKey, Long> ids() {
      return ids;
    }

    /// Also where this thread is interrupted, now or meanwhile, which breaks the connection that
    /// this goes over.
    @Override
    public void close() {
      boolean interrupted = Thread.interrupted();
      try {
        while (!isAnnounced()) interrupted = true;
      } finally {
        if (interrupted) Thread.currentThread().interrupt();
      }
    }

    /// False where an interrupt broke it, which is then taken from the thread.
    private boolean isAnnounced() {
      try {
        again.run();
        return true;
      } catch (DataAccessException broken) {
        if (!Thread.interrupted()) throw broken;
        return false;
      }
    }
  }

  private static String[] texts(List<ObjectKey> keys) {
    return keys.stream().map(ObjectKey::value).toArray(String[]::new);
  }
}
