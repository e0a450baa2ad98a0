package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Walks every path with a token of another organization: what is there and what never was must
/// read the same.
class OtherOrganizationTest {

  private static final long NEVER_MADE = 999_999;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Attempt(String method, String path, String body) {}

  @ParameterizedTest
  @EnumSource(Scope.class)
  void findsNothingOfTheFirst(Scope scope) {
    var owner = ApiClient.of(server);
    var datasets = new TestDatasets(owner);
    var project = datasets.project();
    var dataset = datasets.post(project, Map.of()).json().get("id").asLong();
    new TestImages(server).publish(dataset, 1);
    var image = owner.get(path(dataset) + "/images").json().get(0).get("id").asLong();
    var stranger =
        ApiClient.anonymous(server).with("api_token", TestTokens.make(server, "strangers", scope));

    var theirs = attempts(project, dataset, image);
    var nobodys = attempts(NEVER_MADE, NEVER_MADE, NEVER_MADE);
    for (var i = 0; i < theirs.size(); i++) {
      assertSame(theirs.get(i), send(stranger, theirs.get(i)), send(stranger, nobodys.get(i)));
    }
    assertThat(stranger.get("/tailored-gen/projects").text()).isEqualTo("[]");
    assertThat(stranger.get("/tailored-gen/datasets").text()).isEqualTo("[]");
    assertThat(owner.get(path(dataset)).json().get("images_count").asInt()).isEqualTo(1);
  }

  private static List<Attempt> attempts(long project, long dataset, long image) {
    var projectPath = "/tailored-gen/projects/" + project;
    var imagePath = path(dataset) + "/images/" + image;
    return List.of(
        new Attempt("GET", projectPath, ""),
        new Attempt("PUT", projectPath, "{\"project_name\": \"mine\"}"),
        new Attempt("DELETE", projectPath, ""),
        new Attempt("GET", projectPath + "/datasets", ""),
        new Attempt(
            "POST",
            "/tailored-gen/datasets",
            "{\"project_id\": %d, \"name\": \"d\"}".formatted(project)),
        new Attempt("GET", path(dataset), ""),
        new Attempt("PUT", path(dataset), "{\"status\": \"completed\"}"),
        new Attempt("PUT", path(dataset), "{\"caption_prefix\": \"p\"}"),
        new Attempt("DELETE", path(dataset), ""),
        new Attempt("POST", path(dataset) + "/clone", "{}"),
        new Attempt("GET", path(dataset) + "/download", ""),
        new Attempt("GET", path(dataset) + "/images", ""),
        new Attempt("GET", path(dataset) + "/images?page=1", ""),
        new Attempt("GET", imagePath, ""),
        new Attempt("DELETE", imagePath, ""));
  }

  private static ApiClient.Answer send(ApiClient client, Attempt attempt) {
    return client.send(attempt.method(), attempt.path(), BodyPublishers.ofString(attempt.body()));
  }

  private static void assertSame(
      Attempt attempt, ApiClient.Answer theirs, ApiClient.Answer nobodys) {
    assertThat(theirs.status()).as(attempt.toString()).isEqualTo(404);
    assertThat(nobodys.status()).as(attempt.toString()).isEqualTo(404);
    assertThat(normalized(theirs)).isEqualTo(normalized(nobodys));
    assertThat(headers(theirs)).isEqualTo(headers(nobodys));
  }

  /// Without the one that belongs to the connection: every hundredth request is the last on its
  /// own.
  private static Set<String> headers(ApiClient.Answer answer) {
    var headers = new TreeSet<>(answer.response().headers().map().keySet());
    headers.remove("connection");
    return headers;
  }

  private static String normalized(ApiClient.Answer answer) {
    return answer
        .text()
        .replace(answer.header("X-Request-Id").orElseThrow(), "ID")
        .replaceAll("\\b[0-9]+\\.", "N.");
  }
}
