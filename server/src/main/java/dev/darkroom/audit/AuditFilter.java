package dev.darkroom.audit;

import dev.darkroom.api.Caller;
import dev.darkroom.api.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Writes an entry for every request for a change whose caller is known, when it has come to its
/// end, whatever end that is. Stands behind what finds out who calls and what bounds how often:
/// what is refused there has changed nothing, and would fill the log.
///
/// What the client is told stays as it is where the entry cannot be written; then the server's own
/// log has it.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class AuditFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(AuditFilter.class);

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /// An id is no longer; what a path holds beside ids is not kept.
  private static final int MAX_ID_LENGTH = 40;

  private final AuditLog log;

  AuditFilter(AuditLog log) {
    this.log = log;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
        write(entry(request, caller, status));
      }
    }
  }

  private void write(NewEntry entry) {
    try {
      log.add(entry);
    } catch (DataAccessException e) {
      LOG.error("The audit log misses {}", entry, e);
    }
  }

  private static NewEntry entry(HttpServletRequest request, Caller caller, int status) {
    return new NewEntry(
        Objects.toString(request.getAttribute(RequestId.class.getName()), ""),
        caller.organizationId(),
        caller.tokenId(),
        request.getMethod(),
        route(request),
        things(request),
        status);
  }

  private static @Nullable String route(HttpServletRequest request) {
    var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null || pattern.equals("/**") ? null : pattern.toString();
  }

  private static Map<String, String> things(HttpServletRequest request) {
    Map<String, String> things = new TreeMap<>();
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      variables.forEach((name, value) -> {
        if (value.toString().length() <= MAX_ID_LENGTH) {
          things.put(name.toString(), value.toString());
        }
      });
    }
    if (request.getAttribute(MadeThing.class.getName()) instanceof Long id) {
      things.put("id", id.toString());
    }
    return things;
  }
}
