package dev.darkroom.fetch;

import dev.darkroom.failure.FailureException;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The http or https URL of something to fetch. Its query often is a secret (a signature), so only
/// [#shown] may be logged, answered or stored in the clear; `toString` gives the same. Immutable.
public final class SourceUrl {

  public static final int MAX_LENGTH = 8192;

  /// RFC 3986, appendix B, for the two schemes that count. `URI` alone will not do: it finds no
  /// host in names that are in use, such as those with an underscore.
  private static final Pattern PARTS =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]*)(?::(.*))?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");

  private final URI full;
  private final String host;
  private final int port;
  private final String shown;

  private SourceUrl(URI full, String host, int port, String shown) {
    this.full = full;
    this.host = host;
    this.port = port;
    this.shown = shown;
  }

  /// Reads a URL that a client gave. Non-ASCII characters become what a browser would send;
  /// everything else stays as it is to the byte, for a signature covers it.
  public static SourceUrl parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new FailureException(new FetchFailure.UrlTooLong(text.length(), MAX_LENGTH));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw invalid(UrlProblem.CONTROL_CHARACTER);
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw invalid(UrlProblem.NOT_HTTP);
    }
    return of(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2), parts);
  }

  private static SourceUrl of(String scheme, String authority, Matcher parts) {
    if (authority.contains("@")) {
      throw invalid(UrlProblem.CREDENTIALS);
    }
    Matcher hostAndPort = HOST_AND_PORT.matcher(authority);
    if (!hostAndPort.matches()) {
      throw invalid(UrlProblem.BAD_HOST);
    }
    String host = host(hostAndPort.group(1));
    int port = port(hostAndPort.group(2));
    boolean impliedPort = port == -1 || port == (scheme.equals("https") ? 443 : 80);
    String base = scheme + "://" + host + (impliedPort ? "" : ":" + port);
    String path = parts.group(3).isEmpty() ? "/" : escaped(parts.group(3));
    String query = parts.group(4) == null ? "" : escaped(parts.group(4));
    return new SourceUrl(uri(base + path + query), host, port, base + path);
  }

  private static String host(String text) {
    if (text.isEmpty()) {
      throw invalid(UrlProblem.NO_HOST);
    }
    if (text.startsWith("[")) {
      return text.toLowerCase(Locale.ROOT);
    }
    try {
      String name = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      if (NAME.matcher(name).matches() && name.length() <= 254) {
        return name;
      }
    } catch (IllegalArgumentException _) {
      // Not a name that IDNA can write: answered below, without the text in any exception.
    }
    throw invalid(UrlProblem.BAD_HOST);
  }

  private static int port(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return -1;
    }
    if (digits.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw invalid(UrlProblem.BAD_PORT);
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet < 0) {
        escaped.append('%').append("%02X".formatted(octet & 0xff));
      } else {
        escaped.append((char) octet);
      }
    }
    return escaped.toString();
  }

  /// Without the cause: the message of a `URISyntaxException` repeats the whole text.
  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw invalid(UrlProblem.BAD_CHARACTER);
    }
  }

  private static FailureException invalid(UrlProblem problem) {
    return new FailureException(new FetchFailure.InvalidUrl(problem));
  }

  /// What a `Location` header found at this URL points to; its own rules are the same.
  SourceUrl resolve(String location) {
    String reference = location.strip().replace(" ", "%20");
    if (reference.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
      return parse(reference);
    }
    URI target = uri(escaped(reference));
    String text = full.resolve(target).toString();
    if (reference.startsWith("?")) {
      // URI follows RFC 2396 here, which drops the last segment of the path.
      text = full.getScheme() + "://" + full.getRawAuthority() + full.getRawPath() + target;
    }
    return parse(text);
  }

  /// The whole URL, query included: for sending and for sealing, never for showing.
  public URI full() {
    return full;
  }

  /// Scheme, host, port unless it is the scheme's own, and path.
  public String shown() {
    return shown;
  }

  /// The host in lower case; an IPv6 address without its brackets.
  String host() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// The port, or -1 for the scheme's own.
  int port() {
    return port;
  }

  @Override
  public String toString() {
    return shown;
  }
}
