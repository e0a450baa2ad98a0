package dev.darkroom.job;

/// Names a piece of the work on a job: its task, and its number among those of that task. Written
/// `job/number` as the scheduler's instance of the task.
public record StepId(String task, long jobId, int number) {

  static StepId of(String task, String instance) {
    int slash = instance.indexOf('/');
    return new StepId(
        task,
        Long.parseLong(instance.substring(0, slash)),
        Integer.parseInt(instance.substring(slash + 1)));
  }

  String instance() {
    return jobId + "/" + number;
  }

  @Override
  public String toString() {
    return task + " " + instance();
  }
}
