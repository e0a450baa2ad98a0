package dev.darkroom.sidecar;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.sidecar.ProvidedCaption.InFile;
import java.util.List;
import java.util.Optional;

/// The captions that an archive brings along (Legacy): text files beside the images, and where
/// there is none for an image, the metadata files of its folder and of those above.
public final class ProvidedCaptions {

  private final CaptionFiles files;
  private final MetadataCaptions metadata;

  public ProvidedCaptions(List<ArchiveEntry> archive, List<MetadataFile> metadataFiles) {
    this.files = new CaptionFiles(archive);
    this.metadata = new MetadataCaptions(metadataFiles);
  }

  public ProvidedCaption of(ArchiveEntry image) {
    Optional<ArchiveEntry> file = files.captionOf(image);
    if (file.isEmpty()) return metadata.captionOf(image);
    metadata.passOver(image);
    return new InFile(file.get());
  }

  /// Why the text file is counted as ignored, once every image has its caption.
  public String reason(ArchiveEntry text) {
    return metadata.reason(text).orElseGet(() -> files.reason(text));
  }
}
