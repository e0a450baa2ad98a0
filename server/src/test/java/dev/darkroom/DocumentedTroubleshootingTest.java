package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds docs/troubleshooting.md to the tables of docs/api.md.
class DocumentedTroubleshootingTest {

  private static final String API = "docs/api.md";
  private static final Pattern ENTRY = Pattern.compile("(?m)^#### `([a-z-]+\\.[a-z-]+)`$");
  private static final Pattern TYPE = Pattern.compile("`([a-z-]+\\.[a-z-]+)`");

  @Test
  void everyTypeThatFailsAnImageOrAnUploadHasAnEntryAndNoOther() {
    var entries = matches(ENTRY).toList();
    assertThat(entries)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            types("### Of one image", "### Of an upload as a whole"));
  }

  @Test
  void everyTypeThatAnUploadWaitsForOrACaptionFailsByIsNamed() {
    assertThat(matches(TYPE).toList())
        .containsAll(types("### What an upload waits for", "### Of a caption"));
  }

  @Test
  void itNamesNoTypeThatThereIsNot() {
    var types = types("## Error types");
    Set<String> modules =
        types.stream().map(type -> type.replaceFirst("\\..*", "")).collect(Collectors.toSet());
    // Files have names that look alike: photo.txt.
    var named = matches(TYPE).filter(name -> modules.contains(name.replaceFirst("\\..*", "")));
    assertThat(types).containsAll(named.toList());
  }

  private static Stream<String> matches(Pattern pattern) {
    var text = Documents.read(Documents.root().resolve("docs/troubleshooting.md"));
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  private static Set<String> types(String... headings) {
    return Stream.of(headings)
        .flatMap(heading -> Documents.rows(API, heading).stream())
        .map(List::getFirst)
        .filter(cell -> cell.startsWith("`"))
        .map(cell -> cell.replace("`", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
