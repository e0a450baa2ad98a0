package dev.darkroom.archive;

import dev.darkroom.archive.EntryContent.Read;
import dev.darkroom.archive.EntryContent.Unreadable;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads entries for assertions.
final class Entries {

  private Entries() {}

  /// Memory without a bound.
  @SuppressWarnings("MustBeClosedChecker") // The content that it is made for closes it.
  static EntryArenas unboundedArenas() {
    return _ -> Arena.ofShared();
  }

  /// The text of each readable entry, the failure's type of each other.
  static List<String> readAll(RangeSource source, List<ArchiveEntry> wanted) {
    List<String> texts = new ArrayList<>();
    new ArchiveRuns(source, ArchiveLimits.defaults())
        .read(wanted, unboundedArenas(), content -> texts.add(text(content)));
    return texts;
  }

  static String text(EntryContent content) {
    return switch (content) {
      case Read read -> {
        try (read) {
          yield new String(read.bytes().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }
      }
      case Unreadable(_, EntryFailure failure) -> failure.type();
    };
  }
}
