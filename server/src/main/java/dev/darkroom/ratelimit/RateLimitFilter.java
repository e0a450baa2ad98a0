package dev.darkroom.ratelimit;

import dev.darkroom.api.Caller;
import dev.darkroom.api.ExpensiveCall;
import dev.darkroom.failure.FailureException;
import dev.darkroom.ratelimit.RateLimitFailure.QuotaUsedUp;
import dev.darkroom.ratelimit.SharedBuckets.Taken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Answers so many requests of an organization in a minute, and tells in the headers RateLimit and
/// RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers) how many are left. Who comes for a path
/// that takes no token is counted nowhere.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class RateLimitFilter extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final SharedBuckets buckets;
  private final RateLimitSettings settings;
  private final List<ExpensiveCall> expensiveCalls;
  private final HandlerExceptionResolver failures;

  RateLimitFilter(
      SharedBuckets buckets,
      RateLimitSettings settings,
      List<ExpensiveCall> expensiveCalls,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures) {
    this.buckets = buckets;
    this.settings = settings;
    this.expensiveCalls = List.copyOf(expensiveCalls);
    this.failures = failures;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !settings.enabled() || Caller.find(request).isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      count(Caller.find(request).orElseThrow(), classOf(request), response);
    } catch (RuntimeException e) {
      failures.resolveException(request, response, null, e);
      return;
    }
    chain.doFilter(request, response);
  }

  private void count(Caller caller, CallClass callClass, HttpServletResponse response) {
    int perMinute = callClass.perMinute(settings);
    var taken = buckets.take(callClass + "/" + caller.organizationId(), perMinute);
    response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=60".formatted(callClass, perMinute));
    response.setHeader("RateLimit", "\"%s\";%s".formatted(callClass, rest(taken)));
    if (!taken.granted()) {
      throw new FailureException(new QuotaUsedUp(callClass, perMinute, taken.pause()));
    }
  }

  /// The time is that of Retry-After, in whole seconds.
  private static String rest(Taken taken) {
    return taken.granted()
        ? "r=" + taken.left()
        : "r=0;t=" + Math.max(1, taken.pause().plusNanos(999_999_999).toSeconds());
  }

  private CallClass classOf(HttpServletRequest request) {
    if (READING.contains(request.getMethod())) return CallClass.READ;
    return expensiveCalls.stream().anyMatch(call -> call.is(request))
        ? CallClass.EXPENSIVE
        : CallClass.WRITE;
  }
}
