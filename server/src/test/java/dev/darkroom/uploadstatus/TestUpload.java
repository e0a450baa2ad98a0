package dev.darkroom.uploadstatus;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.bulkupload.UploadClient;

/// A bulk upload in the database that no node works on: it changes when the test says so, each time
/// in one transaction, as all of its numbers do.
public final class TestUpload {

  private static final String BEGIN =
      """
      WITH begun AS (
        INSERT INTO job (dataset_id, running) VALUES (:dataset, true) RETURNING id, dataset_id),
      upload AS (
        INSERT INTO bulk_upload (id, dataset_id, organization_id, request_id, legacy, automatic_captioning,
          generates_captions, state, phase, source_shown, total, ignored, created_at, started_at)
        SELECT begun.id, dataset_id, organization_id, 'r', false, false, true, 'processing', 'ingesting', 's',
          :images, 1, now(), now()
        FROM begun JOIN dataset ON dataset.id = dataset_id RETURNING id)
      INSERT INTO bulk_upload_entry (bulk_upload_id, ordinal, name, state, ignored_reason)
      SELECT id, n, format('%s/%s.jpg', :folder, n), CASE n WHEN 0 THEN 'ignored' ELSE 'planned' END,
        CASE n WHEN 0 THEN 'a folder' END
      FROM upload, generate_series(0, :images) n
      RETURNING bulk_upload_id
      """;
  private static final String FAIL =
      """
      WITH chosen AS (
        SELECT bulk_upload_id, ordinal FROM bulk_upload_entry
        WHERE bulk_upload_id = :id AND state = 'planned' ORDER BY ordinal LIMIT :count),
      failed AS (
        UPDATE bulk_upload_entry SET state = 'failed', failure_status = 412, failure_type = 'image.too-small',
          failure_message = '640 x 480 pixels; 1024 at least', failure_limit = 1024, failure_actual = 480
        WHERE (bulk_upload_id, ordinal) IN (SELECT * FROM chosen))
      UPDATE bulk_upload SET failed = failed + :count WHERE id = :id
      """;
  private static final String COMPLETE =
      """
      WITH ended AS (UPDATE job SET running = false WHERE id = :id)
      UPDATE bulk_upload SET state = 'completed', phase = 'finished', done = total - failed, finished_at = now()
      WHERE id = :id
      """;

  private final TestServer server;
  private final long dataset;
  private final long id;

  private TestUpload(TestServer server, long dataset, long id) {
    this.server = server;
    this.dataset = dataset;
    this.id = id;
  }

  public static TestUpload of(TestServer server, ApiClient client, int images) {
    return of(server, client, images, "shoot");
  }

  /// One that reads its images, into a new dataset of the client's.
  public static TestUpload of(TestServer server, ApiClient client, int images, String folder) {
    long dataset = new UploadClient(client).dataset("fibo");
    long id =
        server
            .jdbc()
            .sql(BEGIN)
            .param("dataset", dataset)
            .param("images", images)
            .param("folder", folder)
            .query((row, _) -> row.getLong(1))
            .list()
            .getFirst();
    return new TestUpload(server, dataset, id);
  }

  public long dataset() {
    return dataset;
  }

  String path() {
    return UploadClient.path(dataset, "/images/bulk-upload/status");
  }

  /// So many more of its images fail.
  public void fail(int count) {
    server.jdbc().sql(FAIL).param("id", id).param("count", count).update();
  }

  TestUpload complete() {
    server.jdbc().sql(COMPLETE).param("id", id).update();
    return this;
  }

  /// Changes what no other method does.
  ///
  /// @param sql a statement about `:id`
  public void change(String sql) {
    server.jdbc().sql(sql).param("id", id).update();
  }

  void deleteDataset() {
    server.jdbc().sql("DELETE FROM dataset WHERE id = :id").param("id", dataset).update();
  }
}
