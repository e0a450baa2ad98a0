package dev.darkroom.dataset;

import static dev.darkroom.dataset.TestDatasets.path;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.stagedupload.TusClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Walks every endpoint that the server has, whoever wrote it, with a token of another
/// organization, with one of a suspended one, and with none that is any good. An endpoint that the
/// tables below say too little of fails the walk.
class OtherOrganizationTest {

  /// What paths and bodies name. The ids of the first are made to have as many digits as those of
  /// the second, so that not even the length of an answer may differ.
  private static final long FIRST_ID = 500_001;

  private static final String NEVER_MADE = "999999";

  /// The bodies of the endpoints that need one, as good as can be; `{name}` as in a path.
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry(
              "POST /tailored-gen/projects",
              "{\"project_name\": \"p\", \"ip_medium\": \"photography\", \"ip_type\": \"other\"}"),
          entry("PUT /tailored-gen/projects/{project_id}", "{\"project_name\": \"mine\"}"),
          entry("POST /tailored-gen/datasets", "{\"project_id\": {project_id}, \"name\": \"d\"}"),
          entry("PUT /tailored-gen/datasets/{dataset_id}", "{\"name\": \"mine\"}"),
          entry(
              "PUT /tailored-gen/datasets/{dataset_id}/images/{image_id}", "{\"caption\": \"{}\"}"),
          entry(
              "POST /tailored-gen/datasets/{dataset_id}/images/bulk-upload",
              "{\"zip_url\": \"https://example.com/a.zip\"}"),
          entry(
              "POST /tailored-gen/generate_visual_schema",
              "{\"images\": [\"AAAA\", \"AAAA\", \"AAAA\", \"AAAA\", \"AAAA\"]}"),
          entry(
              "POST /tailored-gen/refine_structured_prompt",
              "{\"dataset_id\": {dataset_id}, \"structured_prompt\": \"{}\", \"instruction\": \"i\"}"),
          entry("POST /tailored-gen/datasets/{dataset_id}/clone", "{}"),
          entry("POST /tailored-gen/datasets/{dataset_id}/images", "{\"file\": \"AAAA\"}"),
          entry(
              "POST /tailored-gen/datasets/{dataset_id}/images/bulk-upload/preflight",
              "{\"zip_url\": \"https://example.com/a.zip\"}"),
          entry("POST /admin/organizations", "{\"name\": \"n\"}"),
          entry("PUT /admin/organizations/{organization_id}", "{\"status\": \"suspended\"}"),
          entry(
              "POST /admin/tokens",
              "{\"organization\": \"owners\", \"name\": \"n\", \"scope\": \"admin\"}"));

  /// Those that name no thing that could be another organization's.
  private static final Set<String> OF_THE_CALLER =
      Set.of(
          "GET /",
          "GET /console",
          "GET /limits",
          "GET /uploads",
          "POST /uploads",
          "GET /tailored-gen/projects",
          "POST /tailored-gen/projects",
          "GET /tailored-gen/datasets",
          "POST /tailored-gen/generate_visual_schema");

  private static final Pattern VARYING =
      Pattern.compile("date|x-request-id|ratelimit.*|connection|keep-alive");

  /// Those that take no token.
  private static final Set<String> OPEN =
      Set.of(
          "GET /files/{image_id}/{variant:original|thumbnail}",
          "GET /files/entries/{dataset_id}/{ordinal}/thumbnail",
          "GET /exports/{dataset_id}/{format}/{number}",
          "GET /v3/api-docs",
          "GET /console/sign-in",
          "POST /console/sign-in",
          "POST /console/sign-out",
          "GET /docs",
          "GET /docs/{name}",
          "OPTIONS /uploads",
          "GET /error");

  /// Which other tests serve for themselves.
  private static final Pattern OF_TESTS = Pattern.compile("(/admin)?/probe.*");

  private static TestServer server;
  private static Map<String, String> theirs;

  private record Endpoint(String method, String template) {

    @Override
    public String toString() {
      return method + " " + template;
    }

    boolean isAdmins() {
      return template.startsWith("/admin/");
    }

    Answer send(ApiClient client, Map<String, String> ids) {
      return speaking(client)
          .send(
              method,
              filled(template, ids),
              BodyPublishers.ofString(filled(BODIES.getOrDefault(toString(), ""), ids)));
    }

    /// With the headers that requests about uploads need.
    private ApiClient speaking(ApiClient client) {
      if (!template.startsWith("/uploads")) return client;
      var speaking =
          client
              .with("Tus-Resumable", "1.0.0")
              .with("Upload-Length", "4")
              .with("Upload-Offset", "0");
      return method.equals("PATCH")
          ? speaking.with("Content-Type", "application/offset+octet-stream")
          : speaking;
    }

    private static String filled(String text, Map<String, String> ids) {
      var filled = text;
      for (var id : ids.entrySet()) {
        filled = filled.replace("{" + id.getKey() + "}", id.getValue());
      }
      assertThat(filled).as("say what stands for each name in it").doesNotContain("_id}");
      return filled;
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.start();
    for (var table :
        List.of(
            "project",
            "dataset",
            "dataset_image",
            "organization",
            "api_token",
            "job",
            "staged_upload")) {
      server
          .jdbc()
          .sql("ALTER TABLE %s ALTER id RESTART WITH %d".formatted(table, FIRST_ID))
          .update();
    }
    var owner = clientOf("owners", Scope.ADMIN);
    var datasets = new TestDatasets(owner);
    var project = datasets.project();
    var dataset =
        datasets
            .post(project, Map.of("training_version", "fibo", "upload_type", "advanced"))
            .json()
            .get("id")
            .asLong();
    new TestImages(server).publish(dataset, 1);
    var image = owner.get(path(dataset) + "/images").json().get(0).get("id").asLong();
    var token = owner.get("/admin/tokens?organization=owners").json().get(0).get("id").asLong();
    theirs =
        Map.of(
            "project_id", Long.toString(project),
            "dataset_id", Long.toString(dataset),
            "image_id", Long.toString(image),
            "id", Long.toString(delivery(dataset)),
            "upload_id", Long.toString(new TusClient(owner).stage(4)),
            "organization_id", Long.toString(FIRST_ID),
            "token_id", Long.toString(token));
  }

  /// A webhook's delivery that is over, and can be repeated.
  private static long delivery(long dataset) {
    return server
        .jdbc()
        .sql(
            """
            WITH job AS (INSERT INTO job (dataset_id, running) VALUES (:dataset, false) RETURNING id),
              hook AS (
                INSERT INTO webhook (job_id, message_id, url_shown, url_sealed, key_sealed, report_url, body, forget_at)
                SELECT id, 'm', 'https://example.com/', '\\x00', '\\x00', 'https://example.com/', '{}', now() + interval '1 day'
                FROM job RETURNING job_id)
            INSERT INTO webhook_delivery (id, webhook_id, state, max_tries, created_at, finished_at)
            SELECT job_id, job_id, 'delivered', 5, now(), now() FROM hook RETURNING id
            """)
        .param("dataset", dataset)
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void findsNothingOfTheFirst(Scope scope) {
    var stranger = clientOf("strangers", scope);
    var before = rows();
    for (var endpoint : walked()) {
      if (endpoint.isAdmins() && scope == Scope.ADMIN) continue;
      var answer = endpoint.send(stranger, theirs);
      var status = endpoint.isAdmins() ? 403 : 404;
      assertThat(answer.status()).as(endpoint + answer.text()).isEqualTo(status);
      assertSame(endpoint, answer, endpoint.send(stranger, nobodys()));
    }
    assertThat(stranger.get("/tailored-gen/projects").text()).isEqualTo("[]");
    assertThat(stranger.get("/tailored-gen/datasets").text()).isEqualTo("[]");
    assertThat(stranger.get("/uploads").text()).isEqualTo("[]");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void tellsWhoeverHasNoGoodTokenNothingButWhatIsWrongWithIt() {
    var anonymous = ApiClient.anonymous(server);
    var strangers =
        Map.of(
            "token.missing", anonymous,
            "token.unknown", anonymous.with("api_token", "nonsense"),
            "token.revoked", anonymous.with("api_token", TestTokens.makeRevoked(server)),
            "token.expired", anonymous.with("api_token", TestTokens.makeExpired(server)));
    for (var endpoint : protectedOnes().toList()) {
      strangers.forEach((type, stranger) -> {
        var answer = endpoint.send(stranger, theirs);
        assertThat(answer.status()).as(endpoint.toString()).isEqualTo(401);
        assertType(endpoint, answer, type);
        assertThat(headers(answer).keySet())
            .isEqualTo(headers(endpoint.send(anonymous, theirs)).keySet());
        assertSame(endpoint, answer, endpoint.send(stranger, nobodys()));
      });
    }
  }

  @Test
  void refusesASuspendedOrganizationWhateverIsThere() {
    var client = clientOf("owners", Scope.ADMIN);
    suspend("now()");
    try {
      for (var endpoint : protectedOnes().toList()) {
        var answer = endpoint.send(client, theirs);
        assertThat(answer.status()).as(endpoint + answer.text()).isEqualTo(403);
        assertType(endpoint, answer, "organization.suspended");
      }
    } finally {
      suspend("NULL");
    }
  }

  /// Which the answer to a HEAD has no body for.
  private static void assertType(Endpoint endpoint, Answer answer, String type) {
    if (endpoint.method().equals("HEAD")) return;
    assertThat(answer.type()).as(endpoint.toString()).isEqualTo(type);
  }

  private static void suspend(String when) {
    server
        .jdbc()
        .sql("UPDATE organization SET suspended_at = %s WHERE name = 'owners'".formatted(when))
        .update();
  }

  /// Those that name a thing.
  private static List<Endpoint> walked() {
    var all = protectedOnes().map(Endpoint::toString).toList();
    assertThat(all).containsAll(OF_THE_CALLER).containsAll(BODIES.keySet());
    return protectedOnes()
        .filter(endpoint -> !OF_THE_CALLER.contains(endpoint.toString()))
        .toList();
  }

  private static Stream<Endpoint> protectedOnes() {
    return server
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .stream()
        .flatMap(OtherOrganizationTest::endpoints)
        .distinct()
        .filter(endpoint -> !OPEN.contains(endpoint.toString()))
        .filter(endpoint -> !OF_TESTS.matcher(endpoint.template()).matches());
  }

  private static Stream<Endpoint> endpoints(RequestMappingInfo mapping) {
    var declared = mapping.getMethodsCondition().getMethods();
    var methods = declared.isEmpty() ? Set.of(RequestMethod.GET) : declared;
    return mapping.getPatternValues().stream()
        .flatMap(pattern -> methods.stream().map(method -> new Endpoint(method.name(), pattern)));
  }

  private static Map<String, String> nobodys() {
    var ids = new TreeMap<>(theirs);
    ids.replaceAll((_, _) -> NEVER_MADE);
    return ids;
  }

  private static ApiClient clientOf(String organization, Scope scope) {
    return ApiClient.anonymous(server)
        .with("api_token", TestTokens.make(server, organization, scope));
  }

  private static List<String> rows() {
    return Stream.of(
            "project", "dataset", "dataset_image", "bulk_upload", "organization", "staged_upload")
        .flatMap(table ->
            server
                .jdbc()
                .sql("SELECT thing::text AS text FROM %s thing ORDER BY id".formatted(table))
                .query((row, _) -> row.getString("text"))
                .stream())
        .toList();
  }

  private static void assertSame(Endpoint endpoint, Answer theirs, Answer nobodys) {
    assertThat(nobodys.status()).as(endpoint.toString()).isEqualTo(theirs.status());
    assertThat(normalized(nobodys)).as(endpoint.toString()).isEqualTo(normalized(theirs));
    assertThat(headers(nobodys)).as(endpoint.toString()).isEqualTo(headers(theirs));
  }

  /// But for what differs between any two answers.
  private static Map<String, List<String>> headers(Answer answer) {
    var headers = new TreeMap<String, List<String>>();
    answer
        .response()
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    headers.keySet().removeIf(VARYING.asMatchPredicate());
    return headers;
  }

  private static String normalized(Answer answer) {
    return answer
        .text()
        .replace(answer.header("X-Request-Id").orElseThrow(), "ID")
        .replaceAll("\\b[0-9]{6}\\b", "N");
  }
}
