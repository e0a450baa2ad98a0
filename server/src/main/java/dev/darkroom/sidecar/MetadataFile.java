package dev.darkroom.sidecar;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A `metadata.jsonl` or `metadata.csv`, which names images and gives their captions.
public sealed interface MetadataFile {

  String JSON_LINES = "metadata.jsonl";
  String CSV = "metadata.csv";

  ArchiveEntry entry();

  /// What could be read of it.
  record Read(ArchiveEntry entry, MetadataRows rows) implements MetadataFile {}

  /// Nothing of it could be read.
  ///
  /// @param why a sentence
  record Unreadable(ArchiveEntry entry, String why) implements MetadataFile {}

  static boolean is(ArchiveEntry entry) {
    return entry.kind() == EntryKind.TEXT && (isNamed(entry, JSON_LINES) || isNamed(entry, CSV));
  }

  static boolean isNamed(ArchiveEntry entry, String name) {
    return EntryPath.of(entry.name()).fileName().toLowerCase(Locale.ROOT).equals(name);
  }

  /// One image's caption.
  ///
  /// @param line where the row begins, from 1
  /// @param fileName as it stands in the file
  /// @param caption in the row, or why it cannot be used
  record Row(long line, String fileName, ProvidedCaption caption) {}

  /// What is wrong with a line.
  ///
  /// @param line from 1
  /// @param what the end of a sentence that begins with the line
  record Fault(long line, String what) {}

  /// The rows of a metadata file in its order.
  ///
  /// @param faults how many lines are no rows
  /// @param firstFault null where there are none
  record MetadataRows(List<Row> rows, int faults, @Nullable Fault firstFault) {
    public MetadataRows {
      rows = List.copyOf(rows);
    }

    static MetadataRows none() {
      return new MetadataRows(List.of(), 0, null);
    }
  }
}
