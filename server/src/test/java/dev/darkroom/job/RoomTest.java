package dev.darkroom.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestServer;
import dev.darkroom.job.Attempt.HandedBack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who finds no place is called when there is one.
class RoomTest {

  private static final StepId FIRST = new StepId("test-room", 1, 0);
  private static final StepId SECOND = new StepId("test-room", 1, 1);
  private static final StepId THIRD = new StepId("test-room", 1, 2);

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("db-scheduler.polling-interval", "1h"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void callsTheFirstThatItTurnedAwayAndThatStillWaits() {
    var room = new Room(1, server.bean(StepQueue.class));
    var place = room.enter(FIRST);
    // As of a step that another node has taken meanwhile, no task of the second waits.
    for (StepId step : List.of(SECOND, THIRD)) {
      assertThatThrownBy(() -> room.enter(step)).isInstanceOf(HandedBack.class);
    }
    pause(THIRD);
    assertThat(versionOf(THIRD)).isZero();
    place.close();
    assertThat(versionOf(THIRD)).as("called, once").isOne();
    room.enter(THIRD).close();
    assertThat(versionOf(THIRD)).isOne();
  }

  /// Hands the step back to the scheduler, which looks for none during the test.
  private static void pause(StepId step) {
    server
        .jdbc()
        .sql(
            """
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            VALUES (:task, :instance, now() + interval '1 day', false, 0)
            """)
        .param("task", step.task())
        .param("instance", step.instance())
        .update();
  }

  private static int versionOf(StepId step) {
    return server
        .jdbc()
        .sql("SELECT version FROM scheduled_tasks WHERE task_instance = :instance")
        .param("instance", step.instance())
        .query((row, _) -> row.getInt("version"))
        .single();
  }
}
