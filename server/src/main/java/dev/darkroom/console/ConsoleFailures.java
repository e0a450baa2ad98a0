package dev.darkroom.console;

import dev.darkroom.api.RequestFailures;
import dev.darkroom.api.RequestId;
import dev.darkroom.failure.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/// Answers a person whose page fails with a page, and who has no session with the one to sign in.
/// What a page's script asks for fails as the API does.
@Component
class ConsoleFailures implements HandlerExceptionResolver {

  private final ITemplateEngine templates;
  private final ConsoleHeaders headers;

  ConsoleFailures(ITemplateEngine templates, ConsoleHeaders headers) {
    this.templates = templates;
    this.headers = headers;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception exception) {
    if (!ConsolePaths.isPage(request) || response.isCommitted()) return null;
    var failure = RequestFailures.of(exception);
    try {
      if (failure.status() == HttpServletResponse.SC_UNAUTHORIZED) {
        askToSignIn(request, response);
      } else {
        RequestFailures.log(failure, request, exception);
        show(failure, request, response);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModelAndView();
  }

  private static void askToSignIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var next = UriUtils.encode(request.getServletPath(), StandardCharsets.UTF_8);
    response.sendRedirect(request.getContextPath() + "/console/sign-in?next=" + next);
  }

  private void show(Failure failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.resetBuffer();
    response.setStatus(failure.status());
    response.setContentType(MediaType.TEXT_HTML_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    headers.set(response);
    var exchange =
        JakartaServletWebApplication.buildApplication(request.getServletContext())
            .buildExchange(request, response);
    var requestId = request.getAttribute(RequestId.class.getName());
    var model = Map.<String, Object>of("failure", failure, "requestId", String.valueOf(requestId));
    templates.process(
        "failure", new WebContext(exchange, Locale.ENGLISH, model), response.getWriter());
  }
}
