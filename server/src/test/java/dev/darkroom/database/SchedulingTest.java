package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.darkroom.TestServer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/// The scheduler on the table of our migration, in the transactions of our rows.
class SchedulingTest {

  private static final TaskDescriptor<Void> NOTE = TaskDescriptor.of("test-note");
  private static final BlockingQueue<String> NOTED = new LinkedBlockingQueue<>();
  private static TestServer server;

  static class NoteTask {
    @Bean
    OneTimeTask<Void> note() {
      return Tasks.oneTime(NOTE)
          .execute((instance, _) ->
              NOTED.add(instance.getId() + " virtual " + Thread.currentThread().isVirtual()));
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), NoteTask.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void runsATaskOnAVirtualThreadOnceItIsCommitted() throws Exception {
    transaction().executeWithoutResult(_ -> schedule("committed"));
    assertThat(NOTED.poll(20, TimeUnit.SECONDS)).isEqualTo("committed virtual true");
  }

  @Test
  void dropsTheTaskOfATransactionThatIsRolledBack() {
    transaction()
        .executeWithoutResult(transaction -> {
          schedule("rolled-back");
          assertThat(scheduled("rolled-back")).isOne();
          transaction.setRollbackOnly();
        });
    assertThat(scheduled("rolled-back")).isZero();
  }

  @Test
  void freesWhatANodeHoldsThatFreezesInATransaction() {
    var taken = new CompletableFuture<Boolean>();
    assertThatThrownBy(() ->
            transaction()
                .executeWithoutResult(_ -> {
                  lock();
                  // By another node, which gets it only when this session is ended.
                  Thread.startVirtualThread(() -> taken.complete(lock()));
                  taken.orTimeout(60, TimeUnit.SECONDS).join();
                }))
        .isInstanceOf(TransactionSystemException.class);
    assertThat(taken).isCompletedWithValue(true);
  }

  private static boolean lock() {
    return server.jdbc().sql("SELECT pg_advisory_xact_lock(1)").query((_, _) -> true).single();
  }

  private static TransactionTemplate transaction() {
    return new TransactionTemplate(server.bean(PlatformTransactionManager.class));
  }

  private static void schedule(String instance) {
    server.bean(Scheduler.class).schedule(NOTE.instance(instance).scheduledTo(Instant.now()));
  }

  private static int scheduled(String instance) {
    return server
        .jdbc()
        .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance = :instance")
        .param("instance", instance)
        .query(Integer.class)
        .single();
  }
}
