package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.api.ApiClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServerTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
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
  void isReadyAndAlive() throws Exception {
    assertThat(get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  void tellsNothingElseOfItselfToStrangers() throws Exception {
    for (String path : new String[] {"env", "metrics", "beans", "configprops", "loggers"}) {
      assertThat(get("/actuator/" + path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(get("/actuator/health").body()).doesNotContain("PostgreSQL", "components");
  }

  @Test
  void tellsItsAdministratorWhatCaptionsAndModerates() {
    assertThat(ApiClient.anonymous(server).get("/actuator/info").status()).isEqualTo(401);
    var info = ApiClient.of(server).get("/actuator/info").json();
    assertThat(info.get("captioner").asString()).startsWith("measuring");
    assertThat(info.get("moderator").asString()).isNotBlank();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(server.baseUrl().resolve(path)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
