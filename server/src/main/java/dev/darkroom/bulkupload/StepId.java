package dev.darkroom.bulkupload;

/// Names a piece of the work on an upload: its task, and its number among those of that task.
/// Written `upload/number` as the scheduler's instance of the task.
record StepId(StepTask task, long uploadId, int number) {

  static StepId of(StepTask task, String instance) {
    int slash = instance.indexOf('/');
    return new StepId(
        task,
        Long.parseLong(instance.substring(0, slash)),
        Integer.parseInt(instance.substring(slash + 1)));
  }

  String instance() {
    return uploadId + "/" + number;
  }

  @Override
  public String toString() {
    return task + " " + instance();
  }
}
