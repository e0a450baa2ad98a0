package dev.darkroom.export;

import dev.darkroom.image.ImageFormat;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Gives each image of an export a path that no other has, also where a file system tells neither
/// upper from lower case nor one form of an accent from another: `a.jpg`, `a_2.jpg`. For one export
/// and one thread.
final class Naming {

  /// What a path keeps of an image's name.
  enum Style {
    /// All of it. Images may share what comes before their ending.
    PATHS,
    /// One folder holds all images: trainers look into no folder below it.
    FLAT,
    /// The ending is that of the format, and there is no other dot in the file's name: readers take
    /// what comes before the first one for the sample's key.
    KEYS
  }

  private final Style style;
  private final String folder;
  private final Set<String> paths = new HashSet<>();
  private final Map<String, Integer> stems = new HashMap<>();
  private final Map<String, Integer> nextNumbers = new HashMap<>();

  /// @param folder that all paths begin with, with its slash; may be empty
  Naming(Style style, String folder) {
    this.style = style;
    this.folder = folder;
  }

  /// The path of the next image.
  String claim(String imageName, ImageFormat format) {
    var path = SafePath.of(imageName, format);
    var ending =
        switch (style) {
          case PATHS -> path.extension();
          case FLAT -> path.extension().toLowerCase(Locale.ROOT);
          case KEYS -> SafePath.ending(format);
        };
    var stem =
        folder
            + switch (style) {
              case PATHS -> path.inFolders(path.stem());
              case FLAT -> path.flat();
              case KEYS -> path.inFolders(path.stem().replace('.', '_'));
            };
    var wanted = folded(stem + ending);
    int number = nextNumbers.getOrDefault(wanted, 1);
    while (!claim(numbered(stem, number), ending)) number++;
    nextNumbers.put(wanted, number + 1);
    return numbered(stem, number) + ending;
  }

  /// Where the caption of the image at `path` goes: beside it, under its name without the ending,
  /// or with it, where images share the name without. To be asked when all paths are claimed.
  String captionOf(String path, String ending) {
    var stem = path.substring(0, path.lastIndexOf('.'));
    return (stems.getOrDefault(folded(stem), 0) > 1 ? path : stem) + ending;
  }

  private boolean claim(String stem, String ending) {
    var foldedStem = folded(stem);
    var foldedPath = folded(stem + ending);
    if (isTaken(foldedStem, foldedPath)) return false;
    paths.add(foldedPath);
    stems.merge(foldedStem, 1, Integer::sum);
    return true;
  }

  /// The caption of `a.jpg` may lie at `a.jpg.txt`, where that of `a.jpg.png` would lie as well: no
  /// image is called what another one is without its ending.
  private boolean isTaken(String stem, String path) {
    return switch (style) {
      case PATHS -> paths.contains(path) || paths.contains(stem) || stems.containsKey(path);
      case FLAT, KEYS -> stems.containsKey(stem);
    };
  }

  private static String numbered(String stem, int number) {
    return number == 1 ? stem : stem + "_" + number;
  }

  private static String folded(String path) {
    return Normalizer.normalize(
        path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
