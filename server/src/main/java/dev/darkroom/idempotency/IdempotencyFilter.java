package dev.darkroom.idempotency;

import dev.darkroom.api.Caller;
import dev.darkroom.failure.FailureException;
import dev.darkroom.idempotency.IdempotentRequests.Known;
import dev.darkroom.idempotency.IdempotentRequests.RequestName;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Has a POST with an `Idempotency-Key` done once: the first is worked on, and those that follow
/// with the same key and body get its answer, where it was a success. A key is good for one token
/// and one path with its query, under any version prefix.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class IdempotencyFilter extends OncePerRequestFilter {

  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /// Makes a token, whose text is kept nowhere.
  private static final Pattern TOKENS = Pattern.compile("/admin/(.+/)?tokens(/.*)?");

  private final IdempotentRequests requests;
  private final RunningClaims running;
  private final Digests digests;
  private final HandlerExceptionResolver failures;

  IdempotencyFilter(
      IdempotentRequests requests,
      RunningClaims running,
      Digests digests,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures) {
    this.requests = requests;
    this.running = running;
    this.digests = digests;
    this.failures = failures;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || request.getHeader(HEADER) == null
        || Caller.find(request).isEmpty()
        || TOKENS.matcher(request.getServletPath()).matches();
  }

  /// What answers later is sent through here once more.
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Exchange> exchange;
    try {
      exchange = begin(request, response);
    } catch (RuntimeException e) {
      failures.resolveException(request, response, null, e);
      return;
    }
    if (exchange.isPresent()) work(exchange.get(), chain);
  }

  /// Empty where the request was answered by what is known of it.
  private Optional<Exchange> begin(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getAttribute(Exchange.class.getName()) instanceof Exchange begun) {
      return Optional.of(begun);
    }
    var name = nameOf(request);
    Optional<UUID> claim = requests.claim(name);
    if (claim.isEmpty()) {
      answer(name, request, response);
      return Optional.empty();
    }
    var exchange =
        new Exchange(
            claim.get(),
            new DigestedRequest(request, digests.begin()),
            new HeldResponse(response),
            requests,
            running);
    request.setAttribute(Exchange.class.getName(), exchange);
    return Optional.of(exchange);
  }

  private RequestName nameOf(HttpServletRequest request) {
    var keys = Collections.list(request.getHeaders(HEADER));
    if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
      throw new FailureException(IdempotencyFailure.MALFORMED);
    }
    var query = Objects.requireNonNullElse(request.getQueryString(), "");
    return new RequestName(
        Caller.find(request).orElseThrow().tokenId(),
        digests.of(request.getServletPath(), query, keys.getFirst()));
  }

  /// The first request may have been forgotten since; then this one is as good as under way, too.
  private void answer(RequestName name, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (requests.find(name).orElseGet(Known.UnderWay::new)) {
      case Known.UnderWay _ -> throw new FailureException(IdempotencyFailure.UNDER_WAY);
      case Known.Answered(var bodyDigest, var answer) -> {
        var digest = new DigestedRequest(request, digests.begin()).digest();
        if (!digest.equals(Optional.of(bodyDigest))) {
          throw new FailureException(IdempotencyFailure.OTHER_BODY);
        }
        Caller.find(request).orElseThrow().requireRead();
        answer.replay(response);
      }
    }
  }

  private static void work(Exchange exchange, FilterChain chain)
      throws ServletException, IOException {
    boolean over = false;
    try {
      chain.doFilter(exchange.request(), exchange.response());
      over = true;
    } finally {
      if (!over) exchange.abandon();
    }
    if (!exchange.request().isAsyncStarted()) exchange.end();
  }
}
