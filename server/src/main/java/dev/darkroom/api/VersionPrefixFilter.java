package dev.darkroom.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Serves every path under `/v1` and `/v2`, too. The prefix becomes the context path, so that
/// mappings do not see it and links that are built from the request keep it.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class VersionPrefixFilter extends OncePerRequestFilter {

  private static final Pattern PREFIXED = Pattern.compile("(/v[12])/.*");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var prefixed = PREFIXED.matcher(request.getRequestURI());
    // What Tomcat has made of the path must agree, as it does not where the path leads out again.
    if (prefixed.matches() && request.getServletPath().startsWith(prefixed.group(1) + "/")) {
      chain.doFilter(new Prefixed(request, prefixed.group(1)), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static final class Prefixed extends HttpServletRequestWrapper {

    private final String prefix;

    Prefixed(HttpServletRequest request, String prefix) {
      super(request);
      this.prefix = prefix;
    }

    @Override
    public String getContextPath() {
      return prefix;
    }

    @Override
    public String getServletPath() {
      return super.getServletPath().substring(prefix.length());
    }
  }
}
