package dev.darkroom.torture;

import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.event.ExecutionInterceptor;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.darkroom.torture.Moment.Stage;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/// Reports when the scheduler's steps begin and end, and every transaction of a thread that works
/// on an upload: before its commit and after.
final class ReportingSteps implements ExecutionInterceptor, TransactionExecutionListener {

  /// What the thread works on: a step, a verdict, a caption; null where on no upload.
  private static final ThreadLocal<@Nullable String> SUBJECT = new ThreadLocal<>();

  private final Reporter reporter;

  ReportingSteps(Reporter reporter) {
    this.reporter = reporter;
  }

  /// To be called by a thread of its own, which ends with the subject.
  static void workOn(String subject) {
    SUBJECT.set(subject);
  }

  @Override
  public CompletionHandler<?> execute(
      TaskInstance<?> task, ExecutionContext context, ExecutionChain chain) {
    String step = task.getTaskAndInstance();
    workOn(Moment.ofStep(task.getTaskName(), Stage.COMMITS).subject());
    reporter.report(Moment.ofStep(task.getTaskName(), Stage.BEGINS), step);
    try {
      return chain.proceed(task, context);
    } finally {
      reporter.report(Moment.ofStep(task.getTaskName(), Stage.ENDS), step);
      SUBJECT.remove();
    }
  }

  @Override
  public void beforeCommit(TransactionExecution transaction) {
    report(Stage.COMMITS);
  }

  @Override
  public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
    if (failure == null) report(Stage.HAS_COMMITTED);
  }

  private void report(Stage stage) {
    String subject = SUBJECT.get();
    if (subject != null) reporter.report(new Moment(subject, stage), "");
  }
}
