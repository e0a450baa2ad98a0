package dev.darkroom.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/// Which requests are for the console.
final class ConsolePaths {

  static final String PAGES = "/console/**";
  static final String HOME = "/console";
  static final String ASSETS = "/console/assets/**";

  private ConsolePaths() {}

  /// Whether a person is to see the answer as a page: it is not for a script, which htmx says by a
  /// header.
  static boolean isPage(HttpServletRequest request) {
    return (request.getServletPath().equals(HOME)
            || request.getServletPath().startsWith(HOME + "/")
            || request.getServletPath().equals("/"))
        && request.getHeader("HX-Request") == null
        && accepts(request);
  }

  private static boolean accepts(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains("text/html");
  }
}
