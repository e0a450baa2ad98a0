package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Keeps pages of other origins from changing anything with the session of who looks at them
/// (cross-site request forgery). Browsers tell by `Sec-Fetch-Site` (W3C Fetch Metadata) where a
/// request comes from, and where the connection is not secure by `Origin` alone (RFC 6454, section
/// 7.3). A cookie's SameSite does not do: it takes every port of a host for the same site.
@Component
public final class SameOrigin {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final PublicUrl publicUrl;

  SameOrigin(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// Refuses a change that no page of this server asks for.
  public void require(HttpServletRequest request) {
    if (SAFE.contains(request.getMethod()) || comesFromHere(request)) return;
    throw new FailureException(ApiFailure.Plain.OTHER_ORIGIN);
  }

  private boolean comesFromHere(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) return site.equals("same-origin");
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null
        && (origin.equals(publicUrl.of(request)) || origin.equals(PublicUrl.asked(request)));
  }
}
