package dev.darkroom.console;

import dev.darkroom.storage.LinkTerms;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets a page run and show what comes from this server, and nothing else: whatever a file's name
/// or a caption holds, none of it runs (Content Security Policy Level 3). Images may also come from
/// a store that hands them out by itself.
@Component
final class ConsoleHeaders implements HandlerInterceptor {

  private final String policy;

  ConsoleHeaders(ObjectStore store, Clock clock) throws IOException {
    var stores = origin(store, clock);
    // Chosen images are drawn as `blob:`.
    this.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:%s; connect-src 'self'%s;"
                .formatted(stores, stores)
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    set(response);
    return true;
  }

  void set(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Referrer-Policy", "same-origin");
  }

  /// Where the links lead that the store signs, with a space before it; nothing where it signs
  /// none.
  private static String origin(ObjectStore store, Clock clock) throws IOException {
    var terms = new LinkTerms(clock.instant().plus(Duration.ofHours(1)), "image/jpeg", "inline");
    return store.signedUrl(new ObjectKey("console"), terms).map(ConsoleHeaders::origin).orElse("");
  }

  private static String origin(URI url) {
    return " " + url.getScheme() + "://" + url.getRawAuthority();
  }
}
