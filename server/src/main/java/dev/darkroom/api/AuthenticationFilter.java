package dev.darkroom.api;

import dev.darkroom.account.ApiToken;
import dev.darkroom.account.ApiTokens;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
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

/// Lets in who brings a token, and whoever comes for an [OpenPath]. What is refused here is
/// answered as every other failure is.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class AuthenticationFilter extends OncePerRequestFilter {

  private static final String ACTUATOR = "/actuator";
  private static final String TOKEN_HEADER = "api_token";
  private static final Pattern BEARER =
      Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

  private final ApiTokens tokens;
  private final TokenGuard guard;
  private final List<OpenPath> openPaths;
  private final HandlerExceptionResolver failures;
  private final Clock clock;

  AuthenticationFilter(
      ApiTokens tokens,
      TokenGuard guard,
      List<OpenPath> openPaths,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures,
      Clock clock) {
    this.tokens = tokens;
    this.guard = guard;
    this.openPaths = List.copyOf(openPaths);
    this.failures = failures;
    this.clock = clock;
  }

  // The one place besides FailureResponses that catches everything: no handler has begun here, so
  // nothing else could answer.
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = request.getRequestURI().substring(request.getContextPath().length());
    if (openPaths.stream().noneMatch(open -> open.matches(path))) {
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
    var caller = identify(request);
    // Decoded, for here every spelling of the path counts.
    if (request.getServletPath().startsWith(ACTUATOR)) {
      caller.requireAdmin();
    }
    request.setAttribute(Caller.class.getName(), caller);
  }

  private Caller identify(HttpServletRequest request) {
    var text =
        presented(request).orElseThrow(() -> new FailureException(ApiFailure.Plain.TOKEN_MISSING));
    guard.beforeLookUp(request.getRemoteAddr(), text);
    try {
      return callerOf(text);
    } catch (FailureException wrong) {
      guard.wasWrong(request.getRemoteAddr());
      throw wrong;
    }
  }

  private Caller callerOf(String text) {
    var token =
        tokens.find(text).orElseThrow(() -> new FailureException(ApiFailure.Plain.TOKEN_UNKNOWN));
    check(token);
    tokens.noteUse(token);
    return new Caller(
        token.organizationId(), token.id(), token.scope(), token.organizationSuspended());
  }

  private void check(ApiToken token) {
    if (token.isRevoked()) {
      throw new FailureException(ApiFailure.Plain.TOKEN_REVOKED);
    }
    if (token.isExpired(clock.instant())) {
      throw new FailureException(ApiFailure.Plain.TOKEN_EXPIRED);
    }
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
