package dev.darkroom.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Makes entries of an archive that is not there.
public final class TestEntries {

  private static final int KILOBYTE = 1024;

  private TestEntries() {}

  public static List<ArchiveEntry> archive(String... names) {
    List<ArchiveEntry> entries = new ArrayList<>();
    for (String name : names) entries.add(entry(entries.size(), name, KILOBYTE));
    return entries;
  }

  public static ArchiveEntry entry(int ordinal, String name, long bytes) {
    var kind =
        name.toLowerCase(Locale.ROOT).matches(".*\\.(txt|caption|jsonl|csv|json|md)")
            ? EntryKind.TEXT
            : EntryKind.IMAGE;
    long offset = ordinal * 100_000_000L;
    return new ArchiveEntry(
        ordinal, kind, name, 0, "", 0, 0, 0, bytes, bytes, offset, offset + bytes + 100);
  }
}
