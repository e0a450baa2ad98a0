package dev.darkroom.api;

import dev.darkroom.account.ApiToken;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Lets in who brings a token or has a session of a browser, and whoever comes for an [OpenPath].
/// What is refused here is answered as every other failure is.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class AuthenticationFilter extends OncePerRequestFilter {

  private static final String ACTUATOR = "/actuator";
  private static final String TOKEN_HEADER = "api_token";
  private static final Pattern BEARER =
      Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

  private final TokenCheck tokens;
  private final BrowserSessions sessions;
  private final SameOrigin sameOrigin;
  private final List<OpenPath> openPaths;
  private final HandlerExceptionResolver failures;

  AuthenticationFilter(
      TokenCheck tokens,
      BrowserSessions sessions,
      SameOrigin sameOrigin,
      List<OpenPath> openPaths,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.sameOrigin = sameOrigin;
    this.openPaths = List.copyOf(openPaths);
    this.failures = failures;
  }

  // The one place besides FailureResponses that catches everything: no handler has begun here, so
  // nothing else could answer.
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (openPaths.stream().noneMatch(open -> open.matches(request))) {
      try {
        admit(request);
      } catch (RuntimeException e) {
        failures.resolveException(request, response, null, e);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void admit(HttpServletRequest request) {
    var caller = Caller.of(identify(request));
    // Decoded, for here every spelling of the path counts.
    if (request.getServletPath().startsWith(ACTUATOR)) {
      caller.requireAdmin();
    }
    request.setAttribute(Caller.class.getName(), caller);
  }

  private ApiToken identify(HttpServletRequest request) {
    var text = presented(request);
    if (text.isPresent()) return tokens.byText(request.getRemoteAddr(), text.get());
    long tokenId =
        sessions
            .tokenOf(request)
            .orElseThrow(() -> new FailureException(ApiFailure.Plain.TOKEN_MISSING));
    sameOrigin.require(request);
    return tokens.byId(tokenId);
  }

  private static Optional<String> presented(HttpServletRequest request) {
    @Nullable String header = request.getHeader(TOKEN_HEADER);
    if (header != null && !header.isBlank()) {
      return Optional.of(header.strip());
    }
    @Nullable String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    var bearer = BEARER.matcher(authorization == null ? "" : authorization);
    return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
  }
}
