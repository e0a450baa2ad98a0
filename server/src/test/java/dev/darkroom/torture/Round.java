package dev.darkroom.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.api.ApiClient;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.torture.Moment.Stage;
import dev.darkroom.torture.Reports.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The same uploads at the same time, faults on the way, and a look at what remains: each upload's
/// rows, captions, counters and report; no task; of the store, what the images refer to.
final class Round {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String RUNNING =
      "SELECT count(*) FROM bulk_upload WHERE finished_at IS NULL";
  private static final String TASKS =
      "SELECT count(*) FROM scheduled_tasks WHERE task_instance <> 'recurring'";
  private static final String LEFT =
      """
      SELECT format('upload %s: %s, %s of %s', id, phase, done + failed, total) FROM bulk_upload
      WHERE finished_at IS NULL
      UNION ALL
      SELECT format('step %s %s/%s: %s', task, job_id, number, state) FROM job_step
      WHERE state <> 'settled'
      UNION ALL
      SELECT format('task %s %s of %s', task_name, task_instance, picked_by) FROM scheduled_tasks
      """;
  private static final String CLEAN_UP_NOW =
      """
      UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = 'clean-up' AND NOT picked
      """;
  private static final String KEPT =
      """
      SELECT object_key,
        state = 'kept' AND EXISTS (
          SELECT FROM dataset_image image WHERE image.stored_object_id = object.id) AS of_image,
        state = 'kept' AND EXISTS (
          SELECT FROM bulk_upload_entry entry WHERE entry.thumbnail_object_id = object.id) AS of_failed_image
      FROM stored_object object
      """;
  private static final String WRITTEN =
      """
      SELECT count(*) FROM dataset_image
      WHERE width = :width AND height = :height AND caption IS NOT NULL AND published
      """;

  private final Cluster cluster;
  private final List<Upload> uploads;
  private final JdbcClient jdbc;
  private final Map<Moment, Integer> expected;
  private final List<Strike> strikes;
  private final Map<Moment, Integer> counts = new ConcurrentHashMap<>();
  private final Outages outages = new Outages();
  private final CountDownLatch submitted = new CountDownLatch(1);
  private final Queue<String> journal = new ConcurrentLinkedQueue<>();
  private final Set<String> askedAgain = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> botched = new ConcurrentLinkedQueue<>();

  /// @param expected how often each moment comes in an undisturbed round
  Round(
      Cluster cluster, List<Upload> uploads, List<Strike> strikes, Map<Moment, Integer> expected) {
    this.cluster = cluster;
    this.uploads = uploads;
    this.strikes = List.copyOf(strikes);
    this.expected = Map.copyOf(expected);
    this.jdbc = cluster.database().jdbc();
  }

  static Round undisturbed(Cluster cluster, List<Upload> uploads) {
    return new Round(cluster, uploads, List.of(), Map.of());
  }

  /// What remains of each upload. Nothing else does, and in the end not even that.
  List<Remains> run() {
    ApiClient api = cluster.api();
    int overtakings = cluster.runs().overtakings();
    cluster.watch(this::reached);
    List<Long> datasets;
    try {
      datasets = uploads.stream().map(upload -> upload.submit(api)).toList();
    } finally {
      submitted.countDown();
    }
    await("the end of all uploads")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> count(RUNNING) == 0);
    uploads.forEach(upload -> upload.source().recover());
    awaitOrder();
    cluster.thawAll();
    List<Remains> remains = remainsInOrder(datasets);
    // A node that was given up may ask again for what another has meanwhile written.
    if (cluster.runs().overtakings() == overtakings) {
      assertThat(askedAgain).as("pictures whose captions were written before").isEmpty();
    }
    assertThat(botched).isEmpty();
    delete(datasets);
    return remains;
  }

  /// How often each moment came.
  Map<Moment, Integer> counts() {
    return Map.copyOf(counts);
  }

  /// What was done, and where.
  Queue<String> journal() {
    return journal;
  }

  /// What has not ended, in a few words, as far as the database can be asked.
  String left() {
    try {
      return String.join(", ", jdbc.sql(LEFT).query((row, _) -> row.getString(1)).list());
    } catch (DataAccessException e) {
      return e.toString();
    }
  }

  private List<Remains> remainsInOrder(List<Long> datasets) {
    ApiClient api = cluster.api();
    awaitOrder();
    return datasets.stream().map(dataset -> Remains.of(api, jdbc, dataset)).toList();
  }

  private void delete(List<Long> datasets) {
    cluster.watch((_, _) -> true);
    ApiClient api = cluster.api();
    for (long dataset : datasets) {
      assertThat(api.delete(UploadClient.path(dataset, "")).status()).isEqualTo(204);
    }
    awaitOrder();
    assertThat(cluster.store().keys()).isEmpty();
  }

  /// Nothing begins until all uploads are accepted, so that no request meets a fault.
  private boolean reached(Report report, Node node) {
    awaitSubmitted();
    int count = counts.merge(report.moment(), 1, Integer::sum);
    if (report.moment().equals(new Moment("caption", Stage.ASKS))) noteWritten(report.detail());
    for (Strike strike : strikes) {
      if (strike.moment().equals(report.moment()) && count == countOf(strike)) {
        strike(strike, node, count);
      }
    }
    return !outages.meets(report.moment());
  }

  private void awaitSubmitted() {
    try {
      submitted.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int countOf(Strike strike) {
    return strike.count(expected.getOrDefault(strike.moment(), 0));
  }

  private void strike(Strike strike, Node node, int count) {
    journal.add("%s %d, on %s: %s".formatted(strike.moment(), count, node.name(), strike.fault()));
    var source = uploads.get(strike.upload()).source();
    try {
      strike.fault().strike(new Scene(cluster, outages, source), node);
    } catch (RuntimeException | Error e) {
      botched.add(e);
    }
  }

  private void noteWritten(String size) {
    String[] sides = size.split("x", 2);
    try {
      int written =
          jdbc.sql(WRITTEN)
              .param("width", Integer.parseInt(sides[0]))
              .param("height", Integer.parseInt(sides[1]))
              .query((row, _) -> row.getInt(1))
              .single();
      if (written > 0) askedAgain.add(size);
    } catch (DataAccessException _) {
      // The database is out, and nobody can tell.
    }
  }

  /// Waits until no task is left and the clean-up has left what is referred to: neither more, nor
  /// less.
  private void awaitOrder() {
    await("no task left").atMost(PATIENCE).ignoreExceptions().until(() -> count(TASKS) == 0);
    await("a store in order")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsMatching(e -> e instanceof DataAccessException)
        .untilAsserted(() -> {
          jdbc.sql(CLEAN_UP_NOW).update();
          assertStoreInOrder();
        });
  }

  private void assertStoreInOrder() {
    Set<String> expectedKeys = new TreeSet<>();
    List<String> unused = new ArrayList<>();
    jdbc.sql(KEPT)
        .query(row -> {
          String key = row.getString("object_key");
          boolean ofImage = row.getBoolean("of_image");
          boolean used = ofImage || row.getBoolean("of_failed_image");
          if (ofImage) expectedKeys.add("darkroom/" + key + "-original");
          if (used) expectedKeys.add("darkroom/" + key + "-thumbnail");
          else unused.add(key);
        });
    assertThat(unused).as("rows of objects without an image").isEmpty();
    assertThat(without(keys(), expectedKeys)).as("objects that nothing refers to").isEmpty();
    assertThat(without(expectedKeys, keys())).as("objects that are missing").isEmpty();
  }

  private Set<String> keys() {
    return new TreeSet<>(cluster.store().keys());
  }

  private static Set<String> without(Set<String> keys, Set<String> others) {
    Set<String> left = new TreeSet<>(keys);
    left.removeAll(others);
    return left;
  }

  private int count(String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
