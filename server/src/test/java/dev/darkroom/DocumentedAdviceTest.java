package dev.darkroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds what the failure report says to do about an image to what docs/api.md says.
class DocumentedAdviceTest {

  @Test
  void theReportAdvisesWhatTheTableOfImagesDoes() throws IOException {
    Map<String, String> documented =
        Documents.rows("docs/api.md", "### Of one image").stream()
            .filter(row -> row.getFirst().startsWith("`"))
            .collect(Collectors.toMap(row -> plain(row, 0), row -> plain(row, 3)));
    assertThat(documented).isNotEmpty().isEqualTo(reported());
  }

  private static String plain(List<String> row, int cell) {
    return row.get(cell).replace("`", "");
  }

  private static Properties reported() throws IOException {
    try (var resource =
        Objects.requireNonNull(
            DocumentedAdviceTest.class.getResourceAsStream("failurereport/advice.properties"))) {
      var advice = new Properties();
      advice.load(new InputStreamReader(resource, UTF_8));
      return advice;
    }
  }
}
