package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds the page of the states to the checks of the database and to the enums of the code.
class DocumentedStatesTest {

  private static final String PAGE = "docs/states.md";
  private static final Pattern HEADING = Pattern.compile("(?m)^## `([a-z_]+\\.[a-z_]+)`$");
  private static final Pattern QUOTED = Pattern.compile("'([a-z_]+)'");
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  /// The checks that list the values of one column, as in `CHECK (state = ANY (ARRAY['a', 'b']))`.
  private static final String CHECKS =
      """
      SELECT conrelid::regclass || '.' || attname AS place, pg_get_constraintdef(c.oid) AS definition
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = ANY (conkey)
      WHERE contype = 'c' AND cardinality(conkey) = 1
        AND attname IN ('state', 'phase', 'status', 'captions_update_status')
        AND pg_get_constraintdef(c.oid) LIKE '%ANY%'
      """;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyStateThatTheDatabaseAdmitsIsDocumented() {
    Map<String, Set<String>> checked = new TreeMap<>();
    server
        .jdbc()
        .sql(CHECKS)
        .query(row -> {
          checked.put(row.getString("place"), found(QUOTED, row.getString("definition")));
        });
    Map<String, Set<String>> documented = new TreeMap<>();
    for (String place : places()) documented.put(place, states(place));
    assertThat(documented).isEqualTo(checked);
  }

  @ParameterizedTest
  @CsvSource({
    "bulk_upload.state, dev.darkroom.bulkupload.BulkUploadState",
    "bulk_upload.phase, dev.darkroom.bulkupload.Phase",
    "webhook_delivery.state, dev.darkroom.webhook.DeliveryState",
    "preflight.state, dev.darkroom.bulkupload.BulkUploadState",
    "staged_upload.state, dev.darkroom.stagedupload.StagedUploadState",
    "dataset.status, dev.darkroom.dataset.DatasetStatus",
    "dataset.captions_update_status, dev.darkroom.dataset.CaptionsUpdateStatus"
  })
  void theCodeHasTheSameStates(String place, Class<?> states) {
    var names =
        Arrays.stream(states.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(states(place)).isEqualTo(names);
  }

  @Test
  void everyStateBecomesOneThatIsThere() {
    for (String place : places()) {
      for (List<String> row : rows(place)) {
        assertThat(states(place)).as(place).containsAll(found(CODE, row.get(2)));
      }
    }
  }

  private static Set<String> places() {
    return found(HEADING, Documents.read(Documents.root().resolve(PAGE)));
  }

  private static Set<String> states(String place) {
    return rows(place).stream()
        .flatMap(row -> found(CODE, row.getFirst()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<List<String>> rows(String place) {
    return Documents.rows(PAGE, "## `%s`".formatted(place));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
