package dev.darkroom.bulkupload;

import dev.darkroom.archive.SourceVersion;
import dev.darkroom.storage.ObjectKey;
import org.jspecify.annotations.Nullable;

/// The one bulk upload of a dataset, while it is worked on.
///
/// @param legacy whether the Legacy rules hold: captions come from the archive
/// @param contentModeration whether every image needs a moderator's verdict
/// @param generatesCaptions whether images that have no caption by then get one when they are
///   published
/// @param deduplicate which copies among its images are left out
/// @param version the version of the ZIP that the plan pinned; null until then
/// @param spooled whether the plan stored the ZIP first, because its server gives no ranges
record BulkUpload(
    long id,
    long datasetId,
    long organizationId,
    boolean legacy,
    boolean automaticCaptioning,
    boolean generatesCaptions,
    boolean contentModeration,
    Deduplication deduplicate,
    ArchiveSource source,
    @Nullable SourceVersion version,
    boolean spooled) {

  /// Where the ZIP is stored when its server gives no ranges.
  ObjectKey spoolKey() {
    return new ObjectKey("uploads/" + id + "/spool");
  }

  /// Whether the report may show an image that failed: not where pictures are moderated, because
  /// nobody judges one that is refused for something else.
  boolean showsFailedImages() {
    return !contentModeration;
  }

  /// The key of an image and, by its variants, of its thumbnail. The same at every attempt, so that
  /// a repeated put replaces and never adds.
  ObjectKey imageKey(int ordinal) {
    return new ObjectKey("uploads/%d/%05d".formatted(id, ordinal));
  }
}
