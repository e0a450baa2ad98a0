package dev.darkroom.archive;

import java.util.List;
import java.util.Locale;

/// What an entry is taken for, by its name and its Unix mode. Anything that is not known to be
/// something else is an image, whatever its extension.
///
/// A name's folders count too: what lies in `__MACOSX/` at any depth, or in a folder whose name
/// begins with a dot (`.git/`), was never meant to be seen. `.` and `..` are no such folders. Both
/// slashes separate, since some old archivers wrote the backslash.
public enum EntryKind {
  FOLDER("a folder"),
  SYMBOLIC_LINK("a symbolic link"),
  SPECIAL_FILE("not a regular file"),
  MACOS_METADATA("metadata of macOS"),
  HIDDEN_FILE("a hidden file"),
  SYSTEM_FILE("a file of the operating system"),
  TEXT("text"),
  ARCHIVE("an archive inside the archive"),
  IMAGE("an image");

  private static final List<String> TEXTS =
      List.of(".txt", ".caption", ".json", ".jsonl", ".csv", ".md", ".xml", ".yaml", ".yml");
  private static final List<String> ARCHIVES = List.of(".zip", ".rar", ".7z", ".tar", ".gz");

  // The file type bits of a Unix mode (POSIX <sys/stat.h>).
  private static final int TYPE_BITS = 0170000;
  private static final int TYPE_REGULAR = 0100000;
  private static final int TYPE_FOLDER = 0040000;
  private static final int TYPE_LINK = 0120000;

  private final String reason;

  EntryKind(String reason) {
    this.reason = reason;
  }

  /// What such an entry is, for the report of ignored entries.
  public String reason() {
    return reason;
  }

  /// Takes the name as it is shown.
  ///
  /// @param unixMode 0 where the archive tells none
  static EntryKind of(String name, int unixMode) {
    String path = name.toLowerCase(Locale.ROOT).replace('\\', '/');
    if (path.endsWith("/")) return FOLDER;
    int type = unixMode & TYPE_BITS;
    return switch (type) {
      case 0, TYPE_REGULAR -> ofFile(path);
      case TYPE_FOLDER -> FOLDER;
      case TYPE_LINK -> SYMBOLIC_LINK;
      default -> SPECIAL_FILE;
    };
  }

  private static EntryKind ofFile(String path) {
    List<String> segments = List.of(path.split("/"));
    if (segments.isEmpty()) return IMAGE;
    String file = segments.getLast();
    if (segments.subList(0, segments.size() - 1).contains("__macosx") || file.startsWith("._")) {
      return MACOS_METADATA;
    }
    if (segments.stream().anyMatch(EntryKind::hidden)) return HIDDEN_FILE;
    if (file.equals("thumbs.db") || file.equals("desktop.ini")) return SYSTEM_FILE;
    if (TEXTS.stream().anyMatch(file::endsWith)) return TEXT;
    if (ARCHIVES.stream().anyMatch(file::endsWith)) return ARCHIVE;
    return IMAGE;
  }

  private static boolean hidden(String segment) {
    return segment.startsWith(".") && !segment.equals(".") && !segment.equals("..");
  }
}
