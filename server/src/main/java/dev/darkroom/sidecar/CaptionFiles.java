package dev.darkroom.sidecar;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which text file holds the caption of which image (Legacy). The caption of `x.jpg` is, in the
/// same folder, the first that is there of `x.txt`, `x.jpg.txt`, `x.caption` and `x.jpg.caption`.
/// Names are compared after NFC and case folding; of two texts that fold alike the exact case wins,
/// else the first.
final class CaptionFiles {

  private static final List<String> EXTENSIONS = List.of(".txt", ".caption");

  private final Map<String, List<Text>> textsByFoldedPath = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();

  /// An image whose caption is another text than the one with this ordinal.
  private final Map<Integer, Preferred> passedOver = new HashMap<>();

  private record Text(ArchiveEntry entry, EntryPath path) {}

  private record Preferred(ArchiveEntry text, ArchiveEntry image) {
    String reason() {
      return "ambiguous: %s is the caption of %s".formatted(text.name(), image.name());
    }
  }

  CaptionFiles(List<ArchiveEntry> entries) {
    for (ArchiveEntry entry : entries) {
      if (holdsCaption(entry)) {
        var path = EntryPath.of(entry.name());
        textsByFoldedPath
            .computeIfAbsent(path.folded(), _ -> new ArrayList<>())
            .add(new Text(entry, path));
      }
    }
  }

  /// The image's caption file. It counts as used from then on.
  Optional<ArchiveEntry> captionOf(ArchiveEntry image) {
    var candidates = candidates(EntryPath.of(image.name()));
    if (candidates.isEmpty()) return Optional.empty();
    ArchiveEntry caption = candidates.getFirst().entry();
    used.add(caption.ordinal());
    for (Text other : candidates) {
      passedOver.putIfAbsent(other.entry().ordinal(), new Preferred(caption, image));
    }
    return Optional.of(caption);
  }

  /// Why the text file is counted as ignored, once every image has its caption.
  String reason(ArchiveEntry text) {
    if (used.contains(text.ordinal())) return "used as a caption";
    if (!holdsCaption(text)) {
      return "only .txt and .caption files, metadata.jsonl and metadata.csv hold captions";
    }
    Preferred preferred = passedOver.get(text.ordinal());
    return preferred == null ? "no image of this name" : preferred.reason();
  }

  /// The files that could be the image's caption, best first.
  private List<Text> candidates(EntryPath image) {
    Set<Text> candidates = new LinkedHashSet<>();
    for (String extension : EXTENSIONS) {
      candidates.addAll(named(image.stem(), extension));
      candidates.addAll(named(image.text(), extension));
    }
    return List.copyOf(candidates);
  }

  /// The exact case first, then the others in archive order.
  private List<Text> named(String stem, String extension) {
    List<Text> found =
        new ArrayList<>(
            textsByFoldedPath.getOrDefault(EntryPath.folded(stem + extension), List.of()));
    found.sort(Comparator.comparing(text -> !text.path().stem().equals(stem)));
    return found;
  }

  private static boolean holdsCaption(ArchiveEntry entry) {
    String name = entry.name().toLowerCase(Locale.ROOT);
    return entry.kind() == EntryKind.TEXT && EXTENSIONS.stream().anyMatch(name::endsWith);
  }
}
