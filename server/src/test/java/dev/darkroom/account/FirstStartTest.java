package dev.darkroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestDatabase;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.secret.MasterKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class FirstStartTest {

  private static final Pattern TOKEN = Pattern.compile("dr_[0-9A-Za-z]{43}");

  @Test
  void makesAnAdminTokenAndPrintsItOnce() {
    try (var database = TestDatabase.create()) {
      var printed = printedBy(database, Map.of("darkroom.token", ""));
      var token = TOKEN.matcher(printed);
      assertThat(token.find()).isTrue();
      assertThat(printedBy(database, Map.of("darkroom.token", ""))).doesNotContainPattern(TOKEN);

      try (var server = TestServer.startOn(database, Map.of("darkroom.token", ""))) {
        var client = ApiClient.anonymous(server).with("api_token", token.group());
        assertThat(client.get("/limits").status()).isEqualTo(200);
      }
    }
  }

  private static String printedBy(TestDatabase database, Map<String, String> properties) {
    var before = System.out;
    var printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (var _ = TestServer.startOn(database, properties)) {
      return printed.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void addsTheOperatorsTokenAndReplacesNothing() {
    try (var database = TestDatabase.create()) {
      for (var token : new String[] {"t", "another", "t"}) {
        try (var server = TestServer.startOn(database, Map.of("darkroom.token", token))) {
          var client = ApiClient.anonymous(server);
          assertThat(client.with("api_token", token).get("/limits").status()).isEqualTo(200);
          assertThat(client.with("api_token", "t").get("/tailored-gen/projects").status())
              .isEqualTo(200);
          assertThat(server.bean(ApiTokens.class).list(null).size()).isLessThanOrEqualTo(2);
          assertThat(server.bean(ApiTokens.class).list(null))
              .allMatch(t -> t.organization().equals("default") && t.scope() == Scope.ADMIN);
        }
      }
    }
  }

  @Test
  void keepsARevokedTokenRevoked() {
    try (var database = TestDatabase.create()) {
      try (var server = TestServer.startOn(database, Map.of())) {
        var tokens = server.bean(ApiTokens.class);
        tokens.revoke("default", tokens.list(null).getFirst().name());
      }
      try (var server = TestServer.startOn(database, Map.of())) {
        assertThat(ApiClient.of(server).get("/tailored-gen/projects").type())
            .isEqualTo("token.revoked");
      }
    }
  }

  @Test
  void keepsNoTokenTextAndAnOpenableWebhookKey() throws Exception {
    try (var server = TestServer.start()) {
      var text = server.token().getBytes(StandardCharsets.US_ASCII);
      assertThat(column(server, "convert_to(api_token::text, 'UTF8')"))
          .asString(StandardCharsets.UTF_8)
          .doesNotContain(server.token())
          .doesNotContain(HexFormat.of().formatHex(text));
      assertThat(column(server, "sha256")).isEqualTo(new TokenText(server.token()).sha256());

      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(text, "HmacSHA256"));
      var key = mac.doFinal("bria-webhook-signing-v1".getBytes(StandardCharsets.US_ASCII));
      var sealed = column(server, "sealed_webhook_key");
      assertThat(server.bean(MasterKey.class).open("webhook-key", sealed)).isEqualTo(key);
    }
  }

  private static byte[] column(TestServer server, String expression) {
    return server
        .jdbc()
        .sql("SELECT " + expression + " FROM api_token")
        .query((row, _) -> row.getBytes(1))
        .single();
  }
}
