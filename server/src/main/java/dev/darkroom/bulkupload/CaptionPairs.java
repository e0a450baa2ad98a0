package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryKind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which text file holds the caption of which image (Legacy): `x.txt` that of every image `x.*` in
/// the same folder. Names are compared after NFC and case folding; of two texts that fold alike the
/// exact case wins, else the first.
final class CaptionPairs {

  private static final String CAPTION_EXTENSION = ".txt";

  private final Map<String, List<ArchiveEntry>> textsByFoldedStem = new HashMap<>();
  private final Set<Integer> usedTexts = new HashSet<>();

  CaptionPairs(List<ArchiveEntry> entries) {
    for (ArchiveEntry entry : entries) {
      if (isCaption(entry)) {
        textsByFoldedStem.computeIfAbsent(folded(stem(entry)), _ -> new ArrayList<>()).add(entry);
      }
    }
  }

  /// The image's caption file. It counts as used from then on.
  Optional<ArchiveEntry> captionOf(ArchiveEntry image) {
    List<ArchiveEntry> texts = textsByFoldedStem.getOrDefault(folded(stem(image)), List.of());
    Optional<ArchiveEntry> caption =
        texts.stream()
            .filter(text -> normalized(stem(text)).equals(normalized(stem(image))))
            .findFirst()
            .or(() -> texts.stream().findFirst());
    caption.ifPresent(text -> usedTexts.add(text.ordinal()));
    return caption;
  }

  /// Why the text file is counted as ignored, once every image has its caption.
  String reason(ArchiveEntry text) {
    if (usedTexts.contains(text.ordinal())) return "used as a caption";
    if (!isCaption(text)) return "only .txt files hold captions";
    boolean anotherIsUsed =
        textsByFoldedStem.getOrDefault(folded(stem(text)), List.of()).stream()
            .anyMatch(other -> usedTexts.contains(other.ordinal()));
    return anotherIsUsed
        ? "ambiguous: another text of the same name is the caption"
        : "no image of this name";
  }

  private static boolean isCaption(ArchiveEntry entry) {
    return entry.kind() == EntryKind.TEXT
        && entry.name().toLowerCase(Locale.ROOT).endsWith(CAPTION_EXTENSION);
  }

  /// The path without its extension.
  private static String stem(ArchiveEntry entry) {
    String name = entry.name();
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  private static String normalized(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /// Upper before lower case, so that letters with two lower-case forms (such as the Greek sigma)
  /// fold alike.
  private static String folded(String name) {
    return normalized(normalized(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }
}
