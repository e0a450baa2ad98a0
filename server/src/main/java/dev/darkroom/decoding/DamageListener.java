package dev.darkroom.decoding;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/// Keeps the first warning of a reader that tells of damage to the picture. libjpeg, which the JDK
/// reads JPEG with, fills what is missing with grey and only warns. Its warnings of stray bytes and
/// of odd headers are none of these: cameras cause them.
final class DamageListener implements IIOReadWarningListener {

  private static final Pattern DAMAGE =
      Pattern.compile(
          "premature end|bad huffman code|instead of rst|inconsistent progression",
          Pattern.CASE_INSENSITIVE);

  private Optional<String> first = Optional.empty();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (first.isEmpty() && DAMAGE.matcher(warning).find()) {
      first = Optional.of(warning);
    }
  }

  Optional<String> first() {
    return first;
  }
}
