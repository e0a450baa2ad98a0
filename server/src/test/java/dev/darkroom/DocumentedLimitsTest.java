package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Holds what the server says of its limits to the tables that say it, too.
class DocumentedLimitsTest {

  @Test
  void everyLimitIsDocumentedWithItsDefaultAndNoOtherIs() {
    try (var server = TestServer.start()) {
      Map<String, Long> documented = new TreeMap<>();
      Stream.of(
              Documents.rows("docs/settings.md", "## Limits"),
              Documents.rows("docs/api.md", "### Other limits"))
          .flatMap(List::stream)
          .filter(row -> row.getFirst().startsWith("`"))
          .forEach(row -> documented.put(row.getFirst().replace("`", ""), number(row.get(1))));
      assertThat(limits(server)).isEqualTo(documented);
    }
  }

  @Test
  void everyTokenIsToldTheLimitsInForce() {
    try (var server = TestServer.start(Map.of("darkroom.limits.max-images", "7"))) {
      var reader = TestTokens.make(server, "others", Scope.READ);
      var answer = ApiClient.anonymous(server).with("api_token", reader).get("/v2/limits");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(limits(server)).containsEntry("max-images", 7L);
      assertThat(ApiClient.anonymous(server).get("/limits").status()).isEqualTo(401);
    }
  }

  private static Map<String, Long> limits(TestServer server) {
    Map<String, Long> limits = new TreeMap<>();
    for (JsonNode limit : ApiClient.of(server).get("/limits").json().get("limits")) {
      assertThat(limits.put(limit.get("name").asString(), limit.get("value").asLong())).isNull();
    }
    return limits;
  }

  /// `5 368 709 120 (5 GiB)` is 5368709120.
  private static long number(String text) {
    return Long.parseLong(text.replaceFirst("\\(.*", "").replaceAll("\\D", ""));
  }
}
