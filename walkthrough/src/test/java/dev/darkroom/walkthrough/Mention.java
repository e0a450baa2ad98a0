package dev.darkroom.walkthrough;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A call of `./darkroom` that a document shows, run or not.
///
/// @param call what stands behind `./darkroom`
/// @param command its words before the options, such as `captions export`
record Mention(String document, String call, String command, Set<String> options) {

  /// Up to where the shell's own syntax, a comment or the end of the code begins.
  private static final Pattern CALL = Pattern.compile("\\./darkroom ((?:\\\\\\n|[^\\n#|;`)&])+)");

  /// Those whose next word is a command, too.
  private static final Set<String> FAMILIES = Set.of("captions", "token", "organization");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

  static List<Mention> of(String document) throws IOException {
    return CALL.matcher(String.join("\n", Documents.lines(document)))
        .results()
        .map(call -> of(document, call.group(1)))
        .toList();
  }

  private static Mention of(String document, String call) {
    List<String> words = Stream.of(call.strip().split("\\s+", -1)).toList();
    List<String> command = new ArrayList<>(words.subList(0, 1));
    if (FAMILIES.contains(words.getFirst()) && words.size() > 1) command.add(words.get(1));
    Set<String> options =
        OPTION
            .matcher(call)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Mention(document, call.strip(), String.join(" ", command), options);
  }
}
