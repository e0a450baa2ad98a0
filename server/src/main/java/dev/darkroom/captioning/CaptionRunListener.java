package dev.darkroom.captioning;

/// Who waits for the end of caption runs.
public interface CaptionRunListener {

  /// Every caption of the job's run is settled. Called in the transaction that ends the run, and
  /// the job with it.
  void ended(long jobId);
}
