package dev.darkroom.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// What absolute URLs begin with: the operator's `darkroom.public-url`, or else the scheme and host
/// that the request itself names.
@Component
public class PublicUrl {

  private final String configured;

  PublicUrl(@Value("${darkroom.public-url:}") String configured) {
    this.configured = configured.replaceFirst("/+$", "");
  }

  /// Without a slash at its end.
  public String of(HttpServletRequest request) {
    if (!configured.isEmpty()) {
      return configured;
    }
    return asked(request);
  }

  /// The scheme and host that the request itself names.
  static String asked(HttpServletRequest request) {
    var url = request.getRequestURL();
    return url.substring(0, url.length() - request.getRequestURI().length());
  }
}
