package dev.darkroom.api;

import java.util.regex.Pattern;

/// Paths that are served without a token, because what they serve is for everyone, or because the
/// link itself is the permission. A module that serves such paths brings one as a bean.
///
/// @param pattern of the whole path as it is sent, without the version prefix, so that no detour in
///   a path opens another one
public record OpenPath(Pattern pattern) {

  public OpenPath(String pattern) {
    this(Pattern.compile(pattern));
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
