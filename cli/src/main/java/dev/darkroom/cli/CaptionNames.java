package dev.darkroom.cli;

import dev.darkroom.cli.CaptionedDataset.Image;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which caption file belongs to which image: `shoot/a.json` to `shoot/a.jpg`, and `shoot/a~7.json`
/// to the image of ordinal 7 where several are called so. No name tells another image when some are
/// deleted, so that what was exported can be imported again ([CaptionOwners]).
///
/// Names come from strangers' archives. Whatever they hold, a path made here stays in its folder
/// and is one that any system takes.
final class CaptionNames {

  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]+");
  private static final Pattern IMAGE_ENDING = Pattern.compile("(?is)(.+)\\.(jpg|jpeg|png|webp)");

  /// A folder that is called like a caption file could meet one.
  private static final Pattern CAPTION_ENDING = Pattern.compile("(?i).*\\.(json|txt)");

  /// Control and format characters, halves of pairs, line breaks, what Windows takes in no name, a
  /// dot in front, which hides a file or leads to the folder above, and dots and spaces at the end.
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>:\"|?*]|^\\.|[. ](?=[. ]*$)");

  /// Devices of Windows, whatever follows them.
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /// What `shoot/a~7` consists of.
  private static final Pattern WITH_ORDINAL = Pattern.compile("(?s)(.+)~(0|[1-9]\\d{0,8})");

  /// Names that downloads give to images of one name: `a_2` to the second.
  private static final Pattern WITH_NUMBER = Pattern.compile("(?s)(.+)_([2-9]|[1-9]\\d{1,8})");

  /// File systems take 255 bytes; the rest is for a number and the ending.
  private static final int MAX_BYTES = 200;

  /// @param path relative, with slashes
  record Claim(String path, Image image) {}

  /// A name that ends in a number.
  record Numbered(String stem, int number) {}

  private final List<Claim> claims = new ArrayList<>();
  private final Set<String> shared;

  CaptionNames(CaptionedDataset dataset) {
    this.shared = shared(dataset.images());
    Set<String> taken = new HashSet<>();
    for (Image image : dataset.images()) {
      String path = name(image) + dataset.ending();
      if (!taken.add(folded(path))) {
        throw new CommandFailure.Unexpected("The server gave two images the same ordinal.", null);
      }
      claims.add(new Claim(path, image));
    }
  }

  /// In archive order.
  List<Claim> all() {
    return List.copyOf(claims);
  }

  private String name(Image image) {
    String stem = stem(image.name());
    return isAmbiguous(folded(stem)) ? stem + "~" + image.ordinal() : stem;
  }

  /// Also where it could be taken for the name of another image.
  private boolean isAmbiguous(String stem) {
    var numbered = withNumber(stem);
    return shared.contains(stem)
        || withOrdinal(stem) != null
        || (numbered != null && shared.contains(numbered.stem()));
  }

  private static Set<String> shared(List<Image> images) {
    Set<String> seen = new HashSet<>();
    Set<String> shared = new HashSet<>();
    for (Image image : images) {
      String stem = foldedStem(image);
      if (!seen.add(stem)) shared.add(stem);
    }
    return shared;
  }

  static @Nullable Numbered withOrdinal(String name) {
    return numbered(WITH_ORDINAL, name);
  }

  static @Nullable Numbered withNumber(String name) {
    return numbered(WITH_NUMBER, name);
  }

  private static @Nullable Numbered numbered(Pattern pattern, String name) {
    var parts = pattern.matcher(name);
    return parts.matches() ? new Numbered(parts.group(1), Integer.parseInt(parts.group(2))) : null;
  }

  static String foldedStem(Image image) {
    return folded(stem(image.name()));
  }

  private static String stem(String imageName) {
    List<String> segments = new ArrayList<>();
    for (String segment : SEPARATORS.split(imageName, -1)) {
      if (!segment.isEmpty()) segments.add(segment);
    }
    if (segments.isEmpty()) segments.add("image");
    var ending = IMAGE_ENDING.matcher(segments.getLast());
    if (ending.matches()) segments.set(segments.size() - 1, ending.group(1));
    segments.replaceAll(CaptionNames::safe);
    String file = segments.removeLast();
    segments.replaceAll(folder -> CAPTION_ENDING.matcher(folder).matches() ? folder + "_" : folder);
    segments.add(file);
    return String.join("/", segments);
  }

  private static String safe(String segment) {
    String safe = UNSAFE.matcher(cut(segment)).replaceAll("_");
    return DEVICE.matcher(safe).matches() ? "_" + safe : safe;
  }

  private static String cut(String text) {
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  /// Without regard to case and to the form of accents.
  static String folded(String path) {
    return Normalizer.normalize(
        path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
