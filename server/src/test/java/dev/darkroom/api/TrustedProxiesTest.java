package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class TrustedProxiesTest {

  /// Tells a client what the server takes it for.
  @RestController
  static final class Mirror {

    private final PublicUrl publicUrl;

    Mirror(PublicUrl publicUrl) {
      this.publicUrl = publicUrl;
    }

    @GetMapping("/probe/mirror")
    Map<String, String> look(HttpServletRequest request) {
      return Map.of("address", request.getRemoteAddr(), "url", publicUrl.of(request));
    }
  }

  @Test
  void believesNobodyUnlessTold() {
    try (var server = TestServer.start(Map.of(), Mirror.class)) {
      var seen = forwarded(server, "203.0.113.7").get("/probe/mirror").json();
      assertThat(seen.get("address").asString()).isEqualTo("127.0.0.1");
      assertThat(seen.get("url").asString()).isEqualTo(server.baseUrl().toString());
    }
  }

  @Test
  void believesNobodyElse() {
    try (var server = startTrusting("192.0.2.0/24,10.0.0.7")) {
      var seen = forwarded(server, "203.0.113.7").get("/probe/mirror").json();
      assertThat(seen.get("address").asString()).isEqualTo("127.0.0.1");
      assertThat(seen.get("url").asString()).isEqualTo(server.baseUrl().toString());
    }
  }

  @Test
  void takesTheLastAddressThatIsNoTrustedProxy() {
    try (var server = startTrusting("127.0.0.1,10.1.0.0/16,2001:db8::7")) {
      assertThat(addressSeen(server, "203.0.113.7")).isEqualTo("203.0.113.7");
      assertThat(addressSeen(server, "198.51.100.1, 203.0.113.7")).isEqualTo("203.0.113.7");
      assertThat(addressSeen(server, "198.51.100.1, 203.0.113.7, 10.1.2.3"))
          .isEqualTo("203.0.113.7");
      assertThat(addressSeen(server, "203.0.113.7, 2001:db8::7, 10.1.2.3"))
          .isEqualTo("203.0.113.7");
      assertThat(addressSeen(server, "127x0x0x1, 203.0.113.7")).isEqualTo("203.0.113.7");
      assertThat(addressSeen(server, "2001:db8:1::5")).isEqualTo("2001:db8:1::5");
      assertThat(addressSeen(server, "10.1.9.9, 10.1.2.3")).isEqualTo("10.1.9.9");
    }
  }

  @Test
  void linksToWhatTheClientAskedFor() {
    try (var server = startTrusting("127.0.0.1")) {
      assertThat(forwarded(server, "203.0.113.7").get("/probe/mirror").json().get("url").asString())
          .isEqualTo("https://images.example.com");
      assertThat(
              forwarded(server, "203.0.113.7")
                  .with("X-Forwarded-Port", "8443")
                  .get("/v1/probe/mirror")
                  .json()
                  .get("url")
                  .asString())
          .isEqualTo("https://images.example.com:8443");
    }
  }

  private static String addressSeen(TestServer server, String forwardedFor) {
    return forwarded(server, forwardedFor).get("/probe/mirror").json().get("address").asString();
  }

  private static ApiClient forwarded(TestServer server, String addresses) {
    return ApiClient.of(server)
        .with("X-Forwarded-For", addresses)
        .with("X-Forwarded-Proto", "https")
        .with("X-Forwarded-Host", "images.example.com");
  }

  private static TestServer startTrusting(String proxies) {
    return TestServer.start(Map.of("darkroom.trusted-proxies", proxies), Mirror.class);
  }
}
