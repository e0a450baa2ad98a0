package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {

  private static final Pattern FENCED =
      Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *$", Pattern.MULTILINE);

  static List<Path> documents() throws IOException {
    return Documents.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRelativeLinkLeadsSomewhere(Path document) {
    var text = FENCED.matcher(Documents.read(document)).replaceAll("");
    assertThat(LINK.matcher(text).results().map(link -> link.group(1)))
        .filteredOn(target -> !target.matches("[a-z]+:.*"))
        .allSatisfy(target -> assertLeadsSomewhere(document, target));
  }

  private static void assertLeadsSomewhere(Path document, String target) {
    var parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    assertThat(file).exists();
    if (parts.length == 2) assertThat(anchors(file)).contains(parts[1]);
  }

  /// What a heading is linked by: lower case, without punctuation, with hyphens for spaces.
  private static Stream<String> anchors(Path document) {
    assertThat(Files.isRegularFile(document)).isTrue();
    var text = FENCED.matcher(Documents.read(document)).replaceAll("");
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'));
  }
}
