package dev.darkroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestDatabase;
import dev.darkroom.TestServer;
import dev.darkroom.account.Scope;
import dev.darkroom.account.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a session of a browser lets in, and what it does not.
class SessionsTest {

  private static final String PROJECTS = "/tailored-gen/projects";
  private static final String PROJECT =
      "{\"project_name\": \"p\", \"ip_medium\": \"photography\", \"ip_type\": \"other\"}";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestDatabase database;
  private static TestServer server;
  private static TestServer other;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    server =
        TestServer.startOn(database, Map.of("darkroom.rate-limit.wrong-tokens-per-minute", "2"));
    other =
        TestServer.startOn(database, Map.of("darkroom.public-url", "https://images.example.com"));
  }

  @AfterAll
  static void stop() {
    server.close();
    other.close();
    database.close();
  }

  @Test
  void isKeptWhereNoScriptAndNoOtherSiteGetsAtIt() throws Exception {
    var plain = signIn(server, server.token(), "/console");
    assertThat(plain.statusCode()).isEqualTo(302);
    assertThat(setCookie(plain))
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    assertThat(setCookie(signIn(other, other.token(), "/console"))).contains("Secure");
  }

  @Test
  void isKnownToEveryNodeAndOpensWhatItsTokenDoes() throws Exception {
    var session = session(server.token());
    assertThat(get(server, PROJECTS, session).statusCode()).isEqualTo(200);
    assertThat(get(other, PROJECTS, session).statusCode()).isEqualTo(200);
    assertThat(get(other, "/console", session).body()).contains("<h1>Projects</h1>");
    var reader = session(TestTokens.make(server, "readers", Scope.READ));
    assertThat(post(server, reader, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(403);
  }

  @Test
  void diesWithItsToken() throws Exception {
    var token = TestTokens.make(server, "leavers", Scope.WRITE);
    var session = session(token);
    assertThat(get(server, PROJECTS, session).statusCode()).isEqualTo(200);
    server
        .jdbc()
        .sql(
            "UPDATE api_token SET revoked_at = now() WHERE organization_id = (SELECT id FROM organization WHERE name = 'leavers')")
        .update();
    assertThat(get(server, PROJECTS, session).statusCode()).isEqualTo(401);
    assertThat(location(get(other, "/console", session)))
        .endsWith("/console/sign-in?next=%2Fconsole");
  }

  @Test
  void endsWhenItsWeekIsOver() throws Exception {
    var session = session(TestTokens.make(server, "resters", Scope.WRITE));
    server
        .jdbc()
        .sql(
            """
            UPDATE browser_session SET expires_at = now() WHERE token_id IN (
              SELECT api_token.id FROM api_token JOIN organization ON organization.id = organization_id
              WHERE organization.name = 'resters')
            """)
        .update();
    assertThat(get(server, PROJECTS, session).statusCode()).isEqualTo(401);
  }

  @Test
  void endsWithTheSignOut() throws Exception {
    var session = session(server.token());
    var answer =
        send(
            request(server, "/console/sign-out")
                .header("Cookie", session)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.noBody()));
    assertThat(location(answer)).endsWith("/console/sign-in");
    assertThat(setCookie(answer)).contains("Max-Age=0");
    assertThat(get(other, PROJECTS, session).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none",
    "Origin, https://evil.example.com",
    "Origin, null",
    "X-Nothing, at all"
  })
  void changesNothingForAPageOfAnotherOrigin(String header, String value) throws Exception {
    var session = session(server.token());
    var refused = post(server, session, header, value);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("request.other-origin");
    var signIn =
        send(
            request(server, "/console/sign-in")
                .header(header, value)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + server.token())));
    assertThat(signIn.statusCode()).as("nobody is signed in by another page").isEqualTo(403);
  }

  @Test
  void changesWhatAPageOfItsOwnAsksFor() throws Exception {
    var session = session(server.token());
    assertThat(post(server, session, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(201);
    assertThat(post(server, session, "Origin", server.baseUrl().toString()).statusCode())
        .isEqualTo(201);
    assertThat(post(other, session, "Origin", "https://images.example.com").statusCode())
        .isEqualTo(201);
  }

  @Test
  void isNotBegunWithAGuess() throws Exception {
    var first = signIn(server, "guess-1", "/console");
    assertThat(first.statusCode()).isEqualTo(401);
    assertThat(first.body()).contains("This API token is not known", "aria-invalid=\"true\"");
    signIn(server, "guess-2", "/console");
    var third = signIn(server, "guess-3", "/console");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "//evil.example.com",
        "/console/../x",
        "/console\\x",
        "/other"
      })
  void leadsOnToPagesOfTheConsoleOnly(String next) throws Exception {
    assertThat(location(signIn(server, server.token(), next))).endsWith("/console");
  }

  @Test
  void isNoWayAroundTheApisToken() throws Exception {
    var wrong = get(server, PROJECTS, Sessions.COOKIE + "=0123456789abcdef");
    assertThat(wrong.statusCode()).isEqualTo(401);
    var header =
        request(server, PROJECTS)
            .header("api_token", "wrong")
            .header("Cookie", session(server.token()));
    assertThat(send(header.GET()).statusCode()).as("a token that is sent counts").isEqualTo(401);
  }

  private static String session(String token) throws Exception {
    return setCookie(signIn(other, token, "/console")).replaceFirst(";.*", "");
  }

  private static HttpResponse<String> signIn(TestServer server, String token, String next)
      throws Exception {
    var form = "token=%s&next=%s".formatted(encoded(token), encoded(next));
    return send(
        request(server, "/console/sign-in")
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> get(TestServer server, String path, String session)
      throws Exception {
    var accept = path.startsWith("/console") ? "text/html" : "application/json";
    return send(request(server, path).header("Cookie", session).header("Accept", accept).GET());
  }

  private static HttpResponse<String> post(
      TestServer server, String session, String header, String value) throws Exception {
    return send(
        request(server, PROJECTS)
            .header("Cookie", session)
            .header(header, value)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(PROJECT)));
  }

  private static HttpRequest.Builder request(TestServer server, String path) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String setCookie(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow();
  }

  private static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
