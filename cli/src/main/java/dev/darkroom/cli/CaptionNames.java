package dev.darkroom.cli;

import dev.darkroom.cli.CaptionedDataset.Image;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which caption file belongs to which image: `shoot/a.json` to `shoot/a.jpg`, and `shoot/a_2.json`
/// where that is taken. The same list of images gives the same names, so that what was exported can
/// be imported again.
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

  /// File systems take 255 bytes; the rest is for a number and the ending.
  private static final int MAX_BYTES = 200;

  /// @param path relative, with slashes
  record Claim(String path, Image image) {}

  private final Map<String, Claim> claims = new LinkedHashMap<>();

  /// The next number of each stem: thousands of images may have the same name.
  private final Map<String, Integer> numbers = new HashMap<>();

  CaptionNames(CaptionedDataset dataset) {
    for (Image image : dataset.images()) {
      String path = free(stem(image.name()), dataset.ending());
      claims.put(folded(path), new Claim(path, image));
    }
  }

  private String free(String stem, String ending) {
    int number = numbers.getOrDefault(folded(stem), 1);
    String path = number == 1 ? stem + ending : stem + "_" + number + ending;
    while (claims.containsKey(folded(path))) path = stem + "_" + ++number + ending;
    numbers.put(folded(stem), number + 1);
    return path;
  }

  /// In archive order.
  Collection<Claim> all() {
    return claims.values();
  }

  /// Whose caption file is at the path, compared without regard to case and to the form of accents.
  @Nullable Image at(String path) {
    var claim = claims.get(folded(path));
    return claim == null ? null : claim.image();
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

  private static String folded(String path) {
    return Normalizer.normalize(
        path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
