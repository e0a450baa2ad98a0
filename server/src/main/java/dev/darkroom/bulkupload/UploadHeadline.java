package dev.darkroom.bulkupload;

/// How far the upload of a dataset is, in a few words.
///
/// @param total 0 until the archive is planned
public record UploadHeadline(
    long datasetId, BulkUploadState state, Phase phase, int done, int failed, int total) {

  public boolean isRunning() {
    return !state.isFinal();
  }

  public int processed() {
    return done + failed;
  }
}
