package dev.darkroom.bulkupload;

import dev.darkroom.TestServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens to uploads and their steps, in order, noted by the database itself, so that a test
/// counts what came between without having to look at the right moment.
final class UploadEvents {

  /// @param task null of the upload itself
  /// @param what a state, or `admitted`
  record Event(long upload, @Nullable String task, String what) {}

  private final TestServer server;

  private UploadEvents(TestServer server) {
    this.server = server;
  }

  static UploadEvents of(TestServer server) {
    server
        .jdbc()
        .sql(
            """
            CREATE TABLE upload_event (
              number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, upload bigint, task text, what text);
            CREATE FUNCTION note_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              INSERT INTO upload_event (upload, task, what) VALUES (NEW.job_id, NEW.task, NEW.state);
              RETURN NULL;
            END $$;
            CREATE TRIGGER note AFTER INSERT OR UPDATE OF state ON job_step
            FOR EACH ROW EXECUTE FUNCTION note_step();
            CREATE FUNCTION note_upload() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF NEW.admitted AND NOT OLD.admitted THEN
                INSERT INTO upload_event (upload, what) VALUES (NEW.id, 'admitted');
              END IF;
              IF NEW.state <> OLD.state THEN
                INSERT INTO upload_event (upload, what) VALUES (NEW.id, NEW.state);
              END IF;
              RETURN NULL;
            END $$;
            CREATE TRIGGER note AFTER UPDATE ON bulk_upload FOR EACH ROW EXECUTE FUNCTION note_upload();
            """)
        .update();
    return new UploadEvents(server);
  }

  List<Event> all() {
    return server
        .jdbc()
        .sql("SELECT upload, task, what FROM upload_event ORDER BY number")
        .query((row, _) ->
            new Event(row.getLong("upload"), row.getString("task"), row.getString("what")))
        .list();
  }

  /// How many steps of the task were settled so far.
  int settled(long upload, String task) {
    return (int) all().stream().filter(new Event(upload, task, "settled")::equals).count();
  }

  long uploadOf(long dataset) {
    return server
        .jdbc()
        .sql("SELECT id FROM bulk_upload WHERE dataset_id = :dataset")
        .param("dataset", dataset)
        .query((row, _) -> row.getLong("id"))
        .single();
  }
}
