package dev.darkroom.contactsheet;

import dev.darkroom.api.WireName;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// How large a sheet shows its images. A browser keeps what was chosen last in a cookie, so that
/// the first paint is right already.
enum CellSize {
  SMALL,
  MEDIUM,
  LARGE;

  static final String COOKIE = "darkroom-cells";

  static CellSize of(HttpServletRequest request) {
    return Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(cookie -> WireName.find(CellSize.class, cookie.getValue()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(MEDIUM);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
