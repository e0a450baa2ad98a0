package dev.darkroom.sidecar;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.sidecar.ProvidedCaption.None;
import dev.darkroom.sidecar.ProvidedCaption.Unusable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The captions that metadata files give to images (Legacy). The nearest file that names an image
/// gives its caption: one in the image's folder, else one in a folder above; of two in one folder
/// `metadata.jsonl`, else the first.
final class MetadataCaptions {

  private final Map<Integer, MetadataUse> files = new HashMap<>();
  private final Map<String, List<MetadataUse>> filesByFoldedFolder = new HashMap<>();

  MetadataCaptions(List<MetadataFile> metadata) {
    var jsonLinesFirst =
        Comparator.comparing(
            (MetadataFile file) -> !MetadataFile.isNamed(file.entry(), MetadataFile.JSON_LINES));
    for (MetadataFile file : metadata.stream().sorted(jsonLinesFirst).toList()) {
      var use = new MetadataUse(file);
      files.put(file.entry().ordinal(), use);
      String folder = EntryPath.folded(EntryPath.of(file.entry().name()).folder());
      filesByFoldedFolder.computeIfAbsent(folder, _ -> new ArrayList<>()).add(use);
    }
  }

  /// The image's caption. The row that gives it counts as used from then on. A file that cannot be
  /// read may have named the image: where no other does, the image must not seem to have no
  /// caption.
  ProvidedCaption captionOf(ArchiveEntry image) {
    var path = EntryPath.of(image.name());
    List<MetadataUse> naming = nearestFirst(path).filter(file -> file.names(path)).toList();
    if (!naming.isEmpty()) {
      naming.stream().skip(1).forEach(other -> other.passOver(path));
      return naming.getFirst().use(path);
    }
    return nearestFirst(path)
        .flatMap(file -> file.unreadable().stream())
        .findFirst()
        .<ProvidedCaption>map(Unusable::new)
        .orElseGet(None::new);
  }

  /// Notes that the image has another caption.
  void passOver(ArchiveEntry image) {
    var path = EntryPath.of(image.name());
    nearestFirst(path).filter(file -> file.names(path)).forEach(file -> file.passOver(path));
  }

  /// Why the file is counted as ignored. None where it is no metadata file.
  Optional<String> reason(ArchiveEntry text) {
    return Optional.ofNullable(files.get(text.ordinal())).map(MetadataUse::reason);
  }

  /// The metadata files of the image's folder and of those above.
  private Stream<MetadataUse> nearestFirst(EntryPath image) {
    return Stream.iterate(image.folded(), path -> !path.isEmpty(), MetadataCaptions::folder)
        .flatMap(path -> filesByFoldedFolder.getOrDefault(folder(path), List.of()).stream());
  }

  private static String folder(String path) {
    return new EntryPath(path).folder();
  }
}
