package dev.darkroom.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Names every request, before anything can refuse it.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIdFilter extends OncePerRequestFilter {

  private static final String MDC_KEY = "request_id";

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // An error of Tomcat's own comes here by itself; one of a request that went through, again.
    var id = FailureResponses.requestId(request);
    request.setAttribute(RequestId.class.getName(), id);
    response.setHeader(RequestId.HEADER, id.value());
    try (var _ = MDC.putCloseable(MDC_KEY, id.value())) {
      chain.doFilter(request, response);
    }
  }
}
