package dev.darkroom.sidecar;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The path of an archive's file as captions name it: NFC, one kind of slash, no empty and no `.`
/// folders. `..` stays as it stands: an archive may have such names, and nothing is ever opened by
/// them.
record EntryPath(String text) {

  /// Takes the name of an entry, or what a metadata file calls it. Some old archivers, and metadata
  /// files written on Windows, separate by the backslash.
  static EntryPath of(String name) {
    List<String> segments = new ArrayList<>();
    for (String segment : name.replace('\\', '/').split("/", -1)) {
      if (!segment.isEmpty() && !segment.equals(".")) segments.add(segment);
    }
    return new EntryPath(normalized(String.join("/", segments)));
  }

  /// What a file of `folder` means by `name`.
  static EntryPath in(String folder, String name) {
    return of(folder + "/" + name);
  }

  /// The path of the folder that it lies in; empty at the top.
  String folder() {
    return text.substring(0, Math.max(0, text.lastIndexOf('/')));
  }

  String fileName() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /// The same without what follows the last dot of the file's name. A dot that begins the name is
  /// part of it.
  String stem() {
    int dot = text.lastIndexOf('.');
    return dot > text.lastIndexOf('/') + 1 ? text.substring(0, dot) : text;
  }

  String folded() {
    return folded(text);
  }

  /// Upper before lower case, so that letters with two lower-case forms (such as the Greek sigma)
  /// fold alike.
  static String folded(String path) {
    return normalized(path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }

  private static String normalized(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC);
  }
}
