package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.image.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An image's name as a path that can be unpacked anywhere, and never outside of the folder that it
/// is unpacked into. Names come from strangers' archives.
///
/// @param stem the file's name without what follows its last dot
/// @param extension with its dot; one of the endings of images
record SafePath(List<String> folders, String stem, String extension) {

  /// File systems take 255 bytes; the rest is for a number and the ending.
  private static final int MAX_BYTES = 200;

  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]+");

  /// Control characters, halves of pairs, line breaks, what turns the direction of writing, and
  /// what Windows takes in no name.
  private static final Pattern UNSAFE =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}<>:\"|?*]");

  /// A dot in front hides a file or leads to the folder above; Windows drops those at the end.
  private static final Pattern EDGES = Pattern.compile("^\\.|[. ](?=[. ]*$)");

  /// Devices of Windows, whatever follows them.
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern IMAGE_ENDING =
      Pattern.compile("(?s)(.+)(\\.(jpg|jpeg|png|webp))", Pattern.CASE_INSENSITIVE);

  /// A folder that is called like a file could meet one.
  private static final Pattern FILE_ENDING =
      Pattern.compile(".*\\.(jpg|jpeg|png|webp|txt|json|jsonl)", Pattern.CASE_INSENSITIVE);

  SafePath {
    folders = List.copyOf(folders);
  }

  static SafePath of(String imageName, ImageFormat format) {
    List<String> segments = new ArrayList<>();
    for (String segment : SEPARATORS.split(imageName, -1)) {
      if (!segment.isEmpty()) segments.add(segment);
    }
    var file = segments.isEmpty() ? "image" : segments.removeLast();
    var folders = segments.stream().map(SafePath::folder).toList();
    var ending = IMAGE_ENDING.matcher(file);
    return ending.matches()
        ? new SafePath(folders, segment(ending.group(1)), ending.group(2))
        : new SafePath(folders, segment(file), ending(format));
  }

  /// The ending that a file of the format should have.
  static String ending(ImageFormat format) {
    return switch (format) {
      case JPEG -> ".jpg";
      case PNG -> ".png";
      case WEBP -> ".webp";
    };
  }

  /// A text as the name of one file or folder.
  static String segment(String text) {
    var safe = cut(UNSAFE.matcher(text).replaceAll("_"));
    safe = EDGES.matcher(safe).replaceAll("_");
    return DEVICE.matcher(safe).matches() ? "_" + safe : safe;
  }

  private static String folder(String text) {
    var safe = segment(text);
    return FILE_ENDING.matcher(safe).matches() ? safe + "_" : safe;
  }

  String inFolders(String name) {
    return folders.isEmpty() ? name : String.join("/", folders) + "/" + name;
  }

  /// All of it as one name.
  String flat() {
    List<String> parts = new ArrayList<>(folders);
    parts.add(stem);
    return segment(String.join("_", parts));
  }

  private static String cut(String text) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      bytes += text.substring(end, next).getBytes(UTF_8).length;
      if (bytes > MAX_BYTES) break;
      end = next;
    }
    return text.substring(0, end);
  }
}
