package dev.darkroom.account;

import dev.darkroom.TestServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes tokens for tests as the command line does.
public final class TestTokens {

  private static final AtomicInteger MADE = new AtomicInteger();

  private TestTokens() {}

  /// A new token of the organization, which is made where there is none of that name.
  public static String make(TestServer server, String organization, Scope scope) {
    return make(server, new NewToken(organization, name(), scope, null));
  }

  static String make(TestServer server, NewToken token) {
    var text = TokenText.random();
    if (!server.bean(TokenMint.class).add(token, text)) {
      throw new IllegalStateException("there is such a token already");
    }
    return text.value();
  }

  /// One that has expired already.
  public static String makeExpired(TestServer server) {
    return make(server, new NewToken("default", name(), Scope.ADMIN, Duration.ofSeconds(-1)));
  }

  public static String makeRevoked(TestServer server) {
    var name = name();
    var text = make(server, new NewToken("default", name, Scope.ADMIN, null));
    server.bean(ApiTokens.class).revoke("default", name);
    return text;
  }

  private static String name() {
    return "test-" + MADE.incrementAndGet();
  }
}
