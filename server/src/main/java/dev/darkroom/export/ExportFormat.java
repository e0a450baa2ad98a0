package dev.darkroom.export;

import dev.darkroom.export.Naming.Style;
import java.util.Locale;

/// What a dataset can be handed out as.
enum ExportFormat {
  /// Everything: images, a caption file beside each, and a metadata file.
  ZIP(Style.PATHS, true, true),
  /// What `load_dataset("imagefolder")` of Hugging Face's datasets reads.
  IMAGEFOLDER(Style.PATHS, false, true),
  /// What kohya's sd-scripts train on: one folder, named by how often its images repeat.
  KOHYA(Style.FLAT, true, false),
  /// Shards in which a sample's files follow each other under the same key.
  WEBDATASET(Style.KEYS, true, false),
  /// No images, only what is said of them, one JSON object in each line.
  CAPTIONS(Style.PATHS, false, true);

  private final Style naming;
  private final boolean captionFiles;
  private final boolean lines;

  ExportFormat(Style naming, boolean captionFiles, boolean lines) {
    this.naming = naming;
    this.captionFiles = captionFiles;
    this.lines = lines;
  }

  Style naming() {
    return naming;
  }

  /// Whether each image that has a caption has it in a file of its own.
  boolean hasCaptionFiles() {
    return captionFiles;
  }

  /// Whether each image has a line in a file of all of them.
  boolean hasLines() {
    return lines;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
