package dev.darkroom.measuring;

import dev.darkroom.caption.FiboCaption;
import java.util.List;
import java.util.Locale;

/// How phrases are joined into English.
final class Words {

  static final String NOT_DETERMINED = FiboCaption.NOT_DETERMINED;

  private Words() {}

  /// Such as `brown, dark green and light blue`.
  static String list(List<String> parts) {
    if (parts.size() < 2) return String.join("", parts);
    return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /// With a capital at its start and a full stop at its end.
  static String sentence(String phrase) {
    return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
  }
}
