package dev.darkroom.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Paths that are served without a token, because what they serve is for everyone, or because the
/// link itself is the permission. A module that serves such paths brings one as a bean.
///
/// @param method the one that is open; null for all of them
/// @param pattern of the whole path as it is sent, without the version prefix, so that no detour in
///   a path opens another one
public record OpenPath(@Nullable String method, Pattern pattern) {

  public OpenPath(String pattern) {
    this(null, Pattern.compile(pattern));
  }

  public OpenPath(String method, String pattern) {
    this(method, Pattern.compile(pattern));
  }

  boolean matches(HttpServletRequest request) {
    var path = request.getRequestURI().substring(request.getContextPath().length());
    return (method == null || method.equals(request.getMethod()))
        && pattern.matcher(path).matches();
  }
}
