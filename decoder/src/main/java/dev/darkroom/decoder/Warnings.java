package dev.darkroom.decoder;

import java.util.List;
import java.util.regex.Pattern;

/// What libvips warned of while it decoded one image.
record Warnings(List<String> texts) {

  private static final Pattern DAMAGE =
      Pattern.compile("(?i)corrupt|premature|inconsistent progression");

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
