package dev.darkroom.vision;

import java.util.regex.Pattern;

/// A caption in one paragraph of plain text, made of what a model replied.
final class PlainCaption {

  private static final Pattern LABEL = Pattern.compile("(?i)\\A(?:caption|description) *: *");
  private static final Pattern MARKDOWN = Pattern.compile("(?m)^ *(?:#{1,6}|[-*>]) +|[*_]{2,}|`");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}\\p{Z}]+");
  private static final Pattern QUOTED = Pattern.compile("\\A([\"'“‘«])([^\"“”«»]*)([\"'”’»])\\z");

  private PlainCaption() {}

  /// Empty where the reply says nothing beside the prefix.
  static String of(String reply, String prefix) {
    var text = withoutPrefix(plain(reply), SPACE.matcher(prefix).replaceAll(" ").strip());
    if (text.isEmpty() || prefix.isBlank()) return text;
    boolean goesOn = ",.;:!?".indexOf(text.charAt(0)) >= 0;
    boolean spaced = Character.isWhitespace(prefix.charAt(prefix.length() - 1));
    return prefix + (goesOn || spaced ? "" : " ") + text;
  }

  private static String plain(String reply) {
    var text = MARKDOWN.matcher(reply).replaceAll("");
    text = unquoted(SPACE.matcher(text).replaceAll(" ").strip());
    return unquoted(LABEL.matcher(text).replaceFirst(""));
  }

  private static String unquoted(String text) {
    var quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2).strip() : text;
  }

  /// Some models begin with the prefix although they are told not to.
  private static String withoutPrefix(String text, String prefix) {
    var rest = text;
    while (!prefix.isEmpty() && beginsWith(rest, prefix)) {
      rest = rest.substring(prefix.length()).strip();
    }
    return rest;
  }

  /// As a word of its own: `TOK` is no prefix of `Token`.
  private static boolean beginsWith(String text, String prefix) {
    if (!text.regionMatches(true, 0, prefix, 0, prefix.length())) return false;
    if (text.length() == prefix.length()) return true;
    boolean endsInWord = Character.isLetterOrDigit(prefix.codePointBefore(prefix.length()));
    return !endsInWord || !Character.isLetterOrDigit(text.codePointAt(prefix.length()));
  }
}
