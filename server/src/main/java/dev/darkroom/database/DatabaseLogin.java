package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL is, and how to log in there.
///
/// @param jdbcUrl may hold user and password as parameters
record DatabaseLogin(String jdbcUrl, @Nullable String user, @Nullable String password) {

  private static final int OLDEST = 15;
  private static final String JDBC = "jdbc:postgresql://";

  /// Reads a URL in JDBC's form or in libpq's, `postgresql://user:password@host:port/database`. The
  /// driver repeats a URL that it cannot read, password and all, in what it throws and in its log,
  /// so that none comes to it.
  static DatabaseLogin parse(String url) {
    var login = url.startsWith(JDBC) ? ofJdbc(url) : ofLibpq(url);
    requireDriver(login.jdbcUrl());
    return login;
  }

  private static void requireDriver(String jdbcUrl) {
    try {
      var _ = DriverManager.getDriver(jdbcUrl);
    } catch (SQLException _) {
      throw invalid("cannot be read (special characters in the password are written %XX)");
    }
  }

  /// What else reads the URL takes it for a URI, and would repeat one that is none just as well.
  private static DatabaseLogin ofJdbc(String url) {
    URI uri = uri(url.substring("jdbc:".length()));
    if (uri.getRawAuthority() == null) throw invalid("names no host");
    if ((uri.getRawAuthority() + uri.getRawPath()).contains("@")) {
      throw invalid("has an @ before its parameters, where JDBC's form has no user and password");
    }
    if (uri.getPath().length() < 2) throw invalid("names no database");
    return new DatabaseLogin(url, null, null);
  }

  private static DatabaseLogin ofLibpq(String url) {
    URI uri = uri(url);
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw invalid("must begin with postgresql:// or jdbc:postgresql://");
    }
    if (uri.getHost() == null) throw invalid("names no host");
    if (uri.getPath().length() < 2) throw invalid("names no database");
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String jdbcUrl = JDBC + uri.getHost() + port + uri.getRawPath() + query;
    String login = uri.getRawUserInfo();
    if (login == null) return new DatabaseLogin(jdbcUrl, null, null);
    int colon = login.indexOf(':');
    return colon < 0
        ? new DatabaseLogin(jdbcUrl, decode(login), null)
        : new DatabaseLogin(
            jdbcUrl, decode(login.substring(0, colon)), decode(login.substring(colon + 1)));
  }

  /// Connects once, so that a wrong URL or a server too old is said at the start.
  DatabaseLogin check() {
    int version;
    try (Connection connection = connect()) {
      version = connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw new FailureException(
          new DatabaseFailure.Unreachable(String.valueOf(e.getMessage())), e);
    }
    if (version >= OLDEST) return this;
    throw new FailureException(new DatabaseFailure.TooOld(version, OLDEST));
  }

  /// A connection of its own, which is given up where it takes longer than 10 s.
  Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "10");
    if (user != null) properties.setProperty("user", user);
    if (password != null) properties.setProperty("password", password);
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      // The exception repeats the text, password and all; it is left behind.
      throw invalid("is not a URL (special characters in the password are written %XX)");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static FailureException invalid(String reason) {
    return new FailureException(new DatabaseFailure.UrlInvalid(reason));
  }

  /// Without the password.
  @Override
  public String toString() {
    return "DatabaseLogin[" + jdbcUrl.replaceFirst("\\?.*", "") + "]";
  }
}
