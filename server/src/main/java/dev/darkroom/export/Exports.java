package dev.darkroom.export;

import dev.darkroom.failure.FailureException;
import org.springframework.stereotype.Component;

/// Makes the files that a dataset is handed out as, from what the database holds at one instant. No
/// byte of an image is read for it.
@Component
class Exports {

  private final ExportRows rows;
  private final StoredImages images;

  Exports(ExportRows rows, StoredImages images) {
    this.rows = rows;
    this.images = images;
  }

  /// How many files a dataset makes in the format.
  int count(long datasetId, ExportFormat format) {
    return switch (format) {
      case ZIP, IMAGEFOLDER, KOHYA, CAPTIONS -> 1;
      case WEBDATASET -> Shards.starts(rows.sizes(datasetId)).size();
    };
  }

  /// @param number of the file, from 0
  ExportFile open(long datasetId, ExportFormat format, int number) {
    var origin =
        rows.findDataset(datasetId)
            .orElseThrow(() -> new FailureException(ExportFailure.Plain.NOT_FOUND));
    var contents = new Contents(format, origin, rows, images);
    rows.forEachImage(datasetId, contents::add);
    var etag = "\"%s-%d\"".formatted(contents.fingerprint(), number);
    return switch (format) {
      case ZIP, IMAGEFOLDER, KOHYA ->
          new ExportFile(
              "dataset-%d.zip".formatted(datasetId),
              "application/zip",
              etag,
              ZipArchive.of(contents.files()));
      case WEBDATASET ->
          new ExportFile(
              "dataset-%d-%05d.tar".formatted(datasetId, number),
              "application/x-tar",
              etag,
              TarArchive.of(contents.filesOfShard(number)));
      case CAPTIONS ->
          new ExportFile(
              "dataset-%d-captions.jsonl".formatted(datasetId),
              "application/jsonl",
              etag,
              contents.lines());
    };
  }
}
