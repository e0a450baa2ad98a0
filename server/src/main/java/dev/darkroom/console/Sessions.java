package dev.darkroom.console;

import dev.darkroom.api.BrowserSessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The sessions of browsers, in the database, so that every node knows them. Of a session's secret
/// only the SHA-256 is kept.
@Repository
class Sessions implements BrowserSessions {

  static final String COOKIE = "darkroom-session";

  /// A week of work; then the token is asked for again.
  static final Duration LIFETIME = Duration.ofDays(7);

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String INSERT =
      "INSERT INTO browser_session (sha256, token_id, expires_at) VALUES (:sha256, :tokenId, :expiresAt)";

  private static final String FIND =
      "SELECT token_id FROM browser_session WHERE sha256 = :sha256 AND expires_at > :now";

  private static final String DELETE = "DELETE FROM browser_session WHERE sha256 = :sha256";

  private static final String DELETE_EXPIRED =
      "DELETE FROM browser_session WHERE expires_at <= :now";

  private final JdbcClient jdbc;
  private final Clock clock;

  Sessions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// Begins a session and tells its secret, which the browser keeps. Those that are over are
  /// forgotten with it.
  String begin(long tokenId) {
    var now = OffsetDateTime.now(clock);
    jdbc.sql(DELETE_EXPIRED).param("now", now).update();
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    var secret = HexFormat.of().formatHex(bytes);
    jdbc.sql(INSERT)
        .param("sha256", sha256(secret))
        .param("tokenId", tokenId)
        .param("expiresAt", now.plus(LIFETIME))
        .update();
    return secret;
  }

  @Override
  public Optional<Long> tokenOf(HttpServletRequest request) {
    return secret(request)
        .flatMap(secret ->
            jdbc.sql(FIND)
                .param("sha256", sha256(secret))
                .param("now", OffsetDateTime.now(clock))
                .query((row, _) -> row.getLong("token_id"))
                .optional());
  }

  /// Ends the request's session, where it has one.
  void end(HttpServletRequest request) {
    secret(request).ifPresent(secret -> jdbc.sql(DELETE).param("sha256", sha256(secret)).update());
  }

  private static Optional<String> secret(HttpServletRequest request) {
    return Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .findFirst();
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
