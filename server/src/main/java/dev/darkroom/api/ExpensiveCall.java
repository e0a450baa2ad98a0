package dev.darkroom.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/// Requests that set off so much work that fewer of them are answered. A module that answers such
/// requests brings one as a bean.
///
/// @param path of the whole decoded path, without the version prefix
public record ExpensiveCall(String method, Pattern path) {

  public ExpensiveCall(String method, String path) {
    this(method, Pattern.compile(path));
  }

  /// Whether the request is one, however its path is spelled.
  public boolean is(HttpServletRequest request) {
    return request.getMethod().equals(method) && path.matcher(request.getServletPath()).matches();
  }
}
