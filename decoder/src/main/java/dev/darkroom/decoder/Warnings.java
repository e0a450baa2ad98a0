package dev.darkroom.decoder;

import java.util.List;
import java.util.regex.Pattern;

/// What libvips warned of while it decoded one image.
///
/// Most warnings come with sound files: cameras write scan parameters that the standard forbids,
/// fill bytes before the end, colour profiles with mistakes. Damage is only what libjpeg says of
/// the coded pixels themselves (`jerror.h`), and goes on after as well as it can.
record Warnings(List<String> texts) {

  private static final Pattern DAMAGE =
      Pattern.compile(
          "premature end of|bad Huffman code|bad arithmetic code|instead of RST"
              + "|extraneous bytes before marker 0x(?!d9)|Inconsistent progression");

  Warnings {
    texts = List.copyOf(texts);
  }

  boolean tellOfDamage() {
    return texts.stream().anyMatch(text -> DAMAGE.matcher(text).find());
  }

  String text() {
    return String.join("; ", texts);
  }
}
