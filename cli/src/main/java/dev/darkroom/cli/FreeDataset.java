package dev.darkroom.cli;

import java.util.Locale;

/// A dataset that still takes its one upload: gigabytes are not sent for one that would not.
final class FreeDataset {

  private FreeDataset() {}

  static void require(Darkroom darkroom, long datasetId) {
    var found = darkroom.get(Darkroom.datasetPath(datasetId) + "?max_images=1").object();
    if (found.getInt("images_count") > 0 || "basic".equals(found.getString("upload_type"))) {
      throw new CommandFailure.Local(
          "Dataset %d takes no upload: it holds images, or is a basic one.".formatted(datasetId),
          "Leave --dataset out to make another.");
    }
    requireUntried(darkroom, datasetId);
  }

  /// An attempt is used by an upload that failed too, and there is nothing to be seen of it in the
  /// dataset.
  private static void requireUntried(Darkroom darkroom, long datasetId) {
    UploadStatus status;
    try {
      status = Follower.ask(darkroom, datasetId).status();
    } catch (CommandFailure.Refused refused) {
      if (refused.status == 404) return;
      throw refused;
    }
    throw new CommandFailure.Local(
        "Dataset %d has had its one upload, which is %s."
            .formatted(datasetId, status.state().name().toLowerCase(Locale.ROOT)),
        "See it with: ./darkroom status %d. To try again, clone the empty dataset in the console or over the API and name the clone, or leave --dataset out."
            .formatted(datasetId));
  }
}
