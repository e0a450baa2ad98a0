package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the checklist of SECURITY.md to the tests: each that it names is there.
class DocumentedTestsTest {

  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void everyTestThatTheChecklistNamesIsThere() throws IOException {
    var sources = sources();
    var named =
        NAMED.matcher(Documents.read(Documents.root().resolve("SECURITY.md"))).results().toList();
    assertThat(named)
        .hasSizeGreaterThan(30)
        .allSatisfy(test -> {
          assertThat(sources).containsKey(test.group(1) + ".java");
          var method = test.group(2) == null ? "@" : "void " + test.group(2) + "(";
          assertThat(Documents.read(sources.get(test.group(1) + ".java"))).contains(method);
        });
  }

  private static Map<String, Path> sources() throws IOException {
    try (var files = Files.walk(Documents.root().resolve("server/src/test/java"))) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(), Function.identity(), (one, _) -> one));
    }
  }
}
