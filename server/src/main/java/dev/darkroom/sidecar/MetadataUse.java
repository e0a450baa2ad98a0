package dev.darkroom.sidecar;

import dev.darkroom.sidecar.CaptionFailure.CaptionUnreadable;
import dev.darkroom.sidecar.MetadataFile.MetadataRows;
import dev.darkroom.sidecar.MetadataFile.Row;
import dev.darkroom.sidecar.ProvidedCaption.InMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One metadata file, its rows by the images that they name, and what became of each row. Names are
/// compared as those of caption files are; of two rows for one image the first is used.
final class MetadataUse {

  private static final int SHOWN_CHARACTERS = 100;

  private final MetadataFile file;
  private final Map<String, NamedRows> rowsByFoldedPath = new LinkedHashMap<>();
  private int captioned;
  private int unusable;

  MetadataUse(MetadataFile file) {
    this.file = file;
    for (Row row : rows().rows()) {
      EntryPath path = path(row);
      rowsByFoldedPath.computeIfAbsent(path.folded(), _ -> new NamedRows()).add(path, row);
    }
  }

  /// The rows that name one path, or paths that fold alike.
  private static final class NamedRows {
    final List<Row> all = new ArrayList<>();
    final Map<EntryPath, Row> firstByPath = new HashMap<>();
    final Set<Row> used = new HashSet<>();
    boolean nameAnImage;

    void add(EntryPath path, Row row) {
      all.add(row);
      firstByPath.putIfAbsent(path, row);
    }

    Row use(EntryPath image) {
      nameAnImage = true;
      Row row = firstByPath.getOrDefault(image, all.getFirst());
      used.add(row);
      return row;
    }

    List<Row> unused() {
      return all.stream().filter(row -> !used.contains(row)).toList();
    }
  }

  boolean names(EntryPath image) {
    return rowsByFoldedPath.containsKey(image.folded());
  }

  /// The caption of an image that the file names.
  ProvidedCaption use(EntryPath image) {
    Row row = rowsOf(image).use(image);
    if (row.caption() instanceof InMetadata) captioned++;
    else unusable++;
    return row.caption();
  }

  /// Notes that an image that the file names has another caption.
  void passOver(EntryPath image) {
    rowsOf(image).nameAnImage = true;
  }

  /// What an image fails for that may be named in a file that cannot be read. None where it can.
  Optional<CaptionFailure> unreadable() {
    return switch (file) {
      case MetadataFile.Read _ -> Optional.empty();
      case MetadataFile.Unreadable(var entry, String why) ->
          Optional.of(new CaptionUnreadable(entry.name(), why));
    };
  }

  /// Why the file is counted as ignored, once every image has its caption.
  String reason() {
    return switch (file) {
      case MetadataFile.Read _ -> String.join("; ", remarks());
      case MetadataFile.Unreadable(_, String why) -> "cannot be read: " + why;
    };
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remarks.add("used as captions of " + counted(captioned, "image"));
    if (unusable > 0) remarks.add(counted(unusable, "caption") + " blank or unreadable");
    remark(remarks, "naming no image", rows -> rows.nameAnImage ? List.of() : rows.all);
    remark(
        remarks,
        "ambiguous: the image has another caption",
        rows -> rows.nameAnImage && rows.used.isEmpty() ? rows.all : List.of());
    remark(
        remarks,
        "ambiguous: the image is named before",
        rows -> rows.used.isEmpty() ? List.of() : rows.unused());
    var fault = rows().firstFault();
    if (fault != null) {
      remarks.add(
          "%s not used: line %d %s"
              .formatted(counted(rows().faults(), "line"), fault.line(), fault.what()));
    }
    return remarks;
  }

  private void remark(List<String> remarks, String what, Function<NamedRows, List<Row>> which) {
    List<Row> rows =
        rowsByFoldedPath.values().stream().flatMap(each -> which.apply(each).stream()).toList();
    if (rows.isEmpty()) return;
    remarks.add(
        "%s %s, such as '%s'"
            .formatted(counted(rows.size(), "row"), what, shown(rows.getFirst().fileName())));
  }

  private MetadataRows rows() {
    return switch (file) {
      case MetadataFile.Read(_, var rows) -> rows;
      case MetadataFile.Unreadable _ -> MetadataRows.none();
    };
  }

  private NamedRows rowsOf(EntryPath image) {
    return Objects.requireNonNull(rowsByFoldedPath.get(image.folded()));
  }

  private EntryPath path(Row row) {
    return EntryPath.in(EntryPath.of(file.entry().name()).folder(), row.fileName());
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /// A file may call an image anything, at any length.
  private static String shown(String name) {
    return name.codePoints()
        .limit(SHOWN_CHARACTERS)
        .map(c -> Character.isISOControl(c) || isHalfAPair(c) ? 0xFFFD : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static boolean isHalfAPair(int character) {
    return Character.getType(character) == Character.SURROGATE;
  }
}
