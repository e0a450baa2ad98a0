package dev.darkroom.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.account.Organizations;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.TinyImages;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.bulkupload.WorkerNode;
import dev.darkroom.samples.SampleImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrganizationPurgeTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "darkroom.fetch.allow-addresses", "127.0.0.1/32",
          "darkroom.limits.min-dimension", "64",
          "darkroom.bulk-upload.max-running-per-organization", "1");

  @Test
  void deletesAllThatAnOrganizationHasAndLeavesTheOthersAlone() {
    try (var server = TestServer.start(SETTINGS);
        var source = ZipServer.serving(twoGoodAndOneTooSmall());
        var stalling = ZipServer.serving(TinyImages.zip(100)).stallAfter(5000)) {
      var kept = clientOf(server, "kept");
      long theirs = kept.dataset("fibo");
      kept.upload(theirs, source.url());
      var gone = clientOf(server, "gone");
      gone.upload(gone.dataset("fibo"), source.url());
      // One that goes on, because its source has gone silent, and one that waits for its turn.
      long running = gone.dataset("fibo");
      assertThat(gone.submit(running, stalling.url()).status()).isEqualTo(202);
      assertThat(gone.submit(gone.dataset("max"), source.url()).status()).isEqualTo(202);
      assertThat(files(server)).isEqualTo(10);

      var operator = ApiClient.of(server);
      var path = "/admin/organizations/" + server.bean(Organizations.class).get("gone").id();
      var answer = operator.delete(path);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(answer.json().get("status").asString()).isEqualTo("purging");
      assertThat(gone.api().get("/tailored-gen/datasets").type())
          .as("from the first moment")
          .isIn("token.revoked", "token.unknown");

      await().atMost(Duration.ofMinutes(2)).until(() -> operator.get(path).status() == 404);
      assertThat(gone.api().get("/tailored-gen/datasets").type()).isEqualTo("token.unknown");
      assertNothingRefersTo(server, "organization_id NOT IN (SELECT id FROM organization)");
      assertThat(kept.images(theirs)).hasSize(2);
      await().atMost(Duration.ofMinutes(2)).until(() -> files(server) == 5);

      var again = operator.post("/admin/organizations", Map.of("name", "gone"));
      assertThat(again.status()).as("the name is free").isEqualTo(201);
    }
  }

  /// Five files in the store: of a failed image that is whole there is a thumbnail.
  private static TestZip twoGoodAndOneTooSmall() {
    return TinyImages.zip(2).and(TestEntry.file("small.png", SampleImages.png(32, 32)));
  }

  @Test
  void keepsTheNameUntilAllIsGoneAndTakesNoChangeMeanwhile() {
    try (var server = TestServer.start()) {
      server.bean(Scheduler.class).pause();
      TestTokens.make(server, "going", Scope.ADMIN);
      var operator = ApiClient.of(server);
      var path = "/admin/organizations/" + server.bean(Organizations.class).get("going").id();
      assertThat(operator.delete(path).status()).isEqualTo(202);
      assertThat(operator.delete(path).status()).as("once more").isEqualTo(202);
      assertThat(operator.get(path).json().get("status").asString()).isEqualTo("purging");
      for (var refused :
          List.of(
              operator.post("/admin/organizations", Map.of("name", "going")),
              operator.put(path, Map.of("status", "active")),
              operator.put(path, Map.of("quotas", Map.of())),
              operator.post(
                  "/admin/tokens",
                  Map.of("organization", "going", "name", "n", "scope", "read")))) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.type()).isEqualTo("organization.purging");
      }
      server.bean(OrganizationPurge.class).run();
      assertThat(operator.get(path).status()).isEqualTo(404);
    }
  }

  @Test
  void goesOnWhereANodeWasKilled() throws SQLException {
    try (var server = TestServer.start(WorkerNode.SHARED)) {
      server.bean(Scheduler.class).pause();
      var client = clientOf(server, "killed");
      List<Long> datasets = IntStream.range(0, 3).mapToObj(_ -> client.dataset("fibo")).toList();
      try (var holder = DriverManager.getConnection(server.database().url());
          var worker =
              WorkerNode.start(server, "worker", "-Ddb-scheduler.heartbeat-interval=500ms")) {
        // The first one that was made is the last one that is deleted, and cannot be yet.
        holder.setAutoCommit(false);
        holder
            .createStatement()
            .execute("SELECT FROM dataset WHERE id = %d FOR UPDATE".formatted(datasets.getFirst()));
        worker.awaitLine("is ready");
        var organizations = server.bean(Organizations.class);
        organizations.beginPurge(organizations.get("killed").id());
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> count(server, "SELECT count(*) FROM dataset") == 1);
        worker.kill();
      }
      assertThat(count(server, "SELECT count(*) FROM organization WHERE name = 'killed'")).isOne();
      try (var restarted =
          WorkerNode.start(server, "worker", "-Ddb-scheduler.heartbeat-interval=500ms")) {
        restarted.awaitLine("is ready");
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() ->
                count(server, "SELECT count(*) FROM organization WHERE name = 'killed'") == 0);
      }
      assertThat(count(server, "SELECT count(*) FROM project")).isZero();
    }
  }

  /// What a request adds that was let in before is deleted by the next run.
  @Test
  void waitsForWhatARequestStillAdds() throws SQLException {
    try (var server = TestServer.start()) {
      server.bean(Scheduler.class).pause();
      var organizations = server.bean(Organizations.class);
      long id = organizations.create("busy").id();
      organizations.beginPurge(id);
      server
          .jdbc()
          .sql(
              """
              CREATE FUNCTION add_project() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                INSERT INTO project (organization_id, project_name, project_description, ip_name, ip_description,
                                     ip_medium, ip_type, status, created_at)
                VALUES (OLD.id, 'late', '', '', '', 'photography', 'other', 'active', now());
                RETURN OLD;
              END $$;
              CREATE TRIGGER late BEFORE DELETE ON organization FOR EACH ROW EXECUTE FUNCTION add_project();
              """)
          .update();
      server.bean(OrganizationPurge.class).run();
      assertThat(organizations.purging()).containsExactly(id);
      server.jdbc().sql("DROP TRIGGER late ON organization").update();
      server.bean(OrganizationPurge.class).run();
      assertThat(organizations.purging()).isEmpty();
    }
  }

  /// So that a table that is new does not keep organizations from going.
  @Test
  void knowsEveryTableThatRefersToOrganizationsOrTokens() {
    try (var server = TestServer.start()) {
      var kept =
          server
              .jdbc()
              .sql(
                  """
                  SELECT conrelid::regclass::text AS place FROM pg_constraint
                  WHERE contype = 'f' AND confrelid IN ('organization'::regclass, 'api_token'::regclass)
                    AND confdeltype NOT IN ('c', 'n')
                  """)
              .query((row, _) -> row.getString("place"))
              .list();
      assertThat(kept)
          .as("another table refers with ON DELETE CASCADE or SET NULL, or the purge empties it")
          .containsExactlyInAnyOrder("api_token", "project", "dataset", "bulk_upload");
    }
  }

  private static void assertNothingRefersTo(TestServer server, String condition) {
    for (var table : List.of("project", "dataset", "bulk_upload", "api_token", "dataset_storage")) {
      assertThat(count(server, "SELECT count(*) FROM %s WHERE %s".formatted(table, condition)))
          .as(table)
          .isZero();
    }
  }

  private static UploadClient clientOf(TestServer server, String organization) {
    var token = TestTokens.make(server, organization, Scope.WRITE);
    return new UploadClient(ApiClient.anonymous(server).with("api_token", token));
  }

  private static int count(TestServer server, String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }

  private static int files(TestServer server) {
    try (var files = Files.walk(server.data().resolve("objects"))) {
      return (int)
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains(".incoming"))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
