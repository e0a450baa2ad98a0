package dev.darkroom.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StepQueueTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("darkroom.fetch.allow-addresses", "127.0.0.1/32"));
    server.bean(Scheduler.class).pause();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Else the run that has the task would be taken for the older one, and give the task up.
  @Test
  void countsNoRunThatWasOvertakenBeforeItBegan() {
    var client = new UploadClient(server);
    try (var source = ZipServer.serving(TestZip.with(TestEntry.file("a.jpg", "a")))) {
      assertThat(client.submit(client.dataset("fibo"), source.url()).status()).isEqualTo(202);
    }
    var queue = server.bean(StepQueue.class);
    var plan = new StepId("plan", number("SELECT id FROM job"), 0);
    long picked = number("SELECT version FROM scheduled_tasks WHERE task_name = 'plan'");
    // As another node does that takes the one that picked it for dead.
    server.jdbc().sql("UPDATE scheduled_tasks SET version = version + 2").update();
    assertThat(queue.begin(plan, picked)).isEmpty();
    assertThat(queue.begin(plan, picked + 2)).contains(new StepQueue.Begun(1, 1));
    assertThat(queue.begin(plan, picked)).isEmpty();
  }

  private static long number(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
