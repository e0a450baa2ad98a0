package dev.darkroom.stagedupload;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// What holds for every request about uploads: the answer names the protocol's version, and
/// `X-HTTP-Method-Override` is the method, for clients that know no PATCH. Stands before whoever
/// lets in, counts or logs by the method, so that all see the same one.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class TusFilter extends OncePerRequestFilter {

  private static final String OVERRIDE = "X-HTTP-Method-Override";

  /// As it is sent: the prefix may be taken off later, or is already.
  private static final Pattern PATH = Pattern.compile("(/v[12])?/uploads(/.*)?");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !PATH.matcher(request.getRequestURI()).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(TusHeaders.RESUMABLE, TusHeaders.VERSION);
    @Nullable String method = request.getHeader(OVERRIDE);
    chain.doFilter(method == null ? request : new Overridden(request, method), response);
  }

  private static final class Overridden extends HttpServletRequestWrapper {

    private final String method;

    Overridden(HttpServletRequest request, String method) {
      super(request);
      this.method = method.strip().toUpperCase(Locale.ROOT);
    }

    @Override
    public String getMethod() {
      return method;
    }
  }
}
