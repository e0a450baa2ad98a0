package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.openapi.DocumentedAnswers.Given;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What guards every other test has to fail where it should.
class DocumentedAnswersTest {

  private static final String PROJECT = "/tailored-gen/projects/1";
  private static final String RIGHT =
      """
      {"id": 1, "project_name": "p", "project_description": "", "ip_name": "", "ip_description": "", "ip_medium": "illustration",
       "ip_type": "icons", "training_version": null, "status": "active", "created_at": "2026-05-26T12:00:00Z"}
      """;

  private static final Map<String, String> JSON =
      Map.of("Content-Type", "application/json", "X-Request-Id", "r");

  private static Given answer(
      String method, String path, int status, Map<String, String> headers, String body) {
    var all =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
    return new Given(method, path, status, HttpHeaders.of(all, (_, _) -> true), body);
  }

  private static void assertDeparts(Given answer, String... words) {
    assertThatThrownBy(() -> DocumentedAnswers.check(answer))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(answer.method() + " " + answer.path())
        .hasMessageContainingAll(words);
  }

  @Test
  void letsPassWhatIsDescribed() {
    assertThatCode(
            () -> {
              DocumentedAnswers.check(answer("GET", PROJECT, 200, JSON, RIGHT));
              DocumentedAnswers.check(answer("HEAD", PROJECT, 200, JSON, ""));
              DocumentedAnswers.check(
                  answer("DELETE", PROJECT, 204, Map.of("X-Request-Id", "r"), ""));
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "id": 1,                                | "id": "1",                             | /id
          "id": 1,                                | "id": 1, "surprise": true,             | surprise
          "ip_name": "",                          |                                        | ip_name
          "ip_name": "",                          | "ip_name": null,                       | /ip_name
          "ip_type": "icons"                      | "ip_type": "cubes"                     | /ip_type
          "training_version": null                | "training_version": "4"                | /training_version
          "created_at": "2026-05-26T12:00:00Z"    | "created_at": "2026-05-26T12:00:00.1Z" | /created_at
          """)
  void failsWhereTheBodyDeparts(String right, String wrong, String place) {
    var body = RIGHT.replace(right, wrong == null ? "" : wrong);
    assertDeparts(answer("GET", PROJECT, 200, JSON, body), place);
  }

  @Test
  void failsWhereTheBodyIsOfAnotherType() {
    assertDeparts(answer("GET", PROJECT, 200, JSON, "<p>"), "JSON");
    assertDeparts(
        answer(
            "GET", PROJECT, 200, Map.of("Content-Type", "text/html", "X-Request-Id", "r"), RIGHT),
        "text/html");
    assertDeparts(answer("DELETE", PROJECT, 204, JSON, RIGHT), "no body");
  }

  @Test
  void failsWhereAHeaderIsMissing() {
    assertDeparts(
        answer("GET", PROJECT, 200, Map.of("Content-Type", "application/json"), RIGHT),
        "X-Request-Id");
  }

  @ParameterizedTest
  @CsvSource({"RateLimit, 10", "RateLimit-Policy, 60000 a minute", "Idempotency-Replayed, maybe"})
  void failsWhereAHeaderSaysSomethingElse(String header, String value) {
    Map<String, String> headers = new HashMap<>(JSON);
    headers.put(header, value);
    assertDeparts(answer("POST", "/tailored-gen/projects", 201, headers, RIGHT), header);
  }

  @Test
  void failsWhereTheStatusIsNotDescribed() {
    assertDeparts(answer("GET", PROJECT, 202, JSON, RIGHT), "202", "no such status");
    assertDeparts(answer("GET", "/tailored-gen/projects", 404, JSON, "{}"), "404");
  }

  @Test
  void failsWhereSomethingThatIsNotDescribedSucceedsOrIsRefusedInAnotherShape() {
    assertDeparts(answer("GET", "/tailored-gen/secrets", 200, JSON, "{}"), "no such operation");
    assertDeparts(answer("PATCH", PROJECT, 200, JSON, RIGHT), "no such operation");
    assertDeparts(answer("PATCH", PROJECT, 405, JSON, "{}"), "message");
  }
}
