package dev.darkroom.console;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.Caller;
import dev.darkroom.api.PublicUrl;
import dev.darkroom.api.SameOrigin;
import dev.darkroom.api.TokenCheck;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where a token is given once, for a session.
@ConsolePage
class SignInController {

  /// Pages of the console only, so that no link to here leads on to somewhere else.
  private static final Pattern NEXT = Pattern.compile("/console(/[a-z0-9/-]*)?");

  private final TokenCheck tokens;
  private final Sessions sessions;
  private final SameOrigin sameOrigin;
  private final PublicUrl publicUrl;

  SignInController(
      TokenCheck tokens, Sessions sessions, SameOrigin sameOrigin, PublicUrl publicUrl) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.sameOrigin = sameOrigin;
    this.publicUrl = publicUrl;
  }

  /// Leads a browser to the console. For a client of the API there is nothing here.
  @GetMapping("/")
  String home(Caller caller, HttpServletRequest request) {
    caller.requireRead();
    if (!ConsolePaths.isPage(request)) {
      throw new FailureException(ApiFailure.Plain.UNKNOWN_PATH);
    }
    return "redirect:" + ConsolePaths.HOME;
  }

  @GetMapping("/console/sign-in")
  String page(
      @RequestParam(name = "next", defaultValue = ConsolePaths.HOME) String next, Model model) {
    return page(model, next);
  }

  @PostMapping("/console/sign-in")
  String signIn(
      @RequestParam(name = "token", defaultValue = "") String text,
      @RequestParam(name = "next", defaultValue = ConsolePaths.HOME) String next,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    sameOrigin.require(request);
    try {
      var token = tokens.byText(request.getRemoteAddr(), text.strip());
      sessions.end(request);
      keep(request, response, sessions.begin(token.id()), Sessions.LIFETIME);
    } catch (FailureException refused) {
      response.setStatus(refused.failure().status());
      model.addAttribute("problem", refused.failure().message());
      return page(model, next);
    }
    return "redirect:" + local(next);
  }

  @PostMapping("/console/sign-out")
  String signOut(HttpServletRequest request, HttpServletResponse response) {
    sameOrigin.require(request);
    sessions.end(request);
    keep(request, response, "", Duration.ZERO);
    return "redirect:/console/sign-in";
  }

  private static String page(Model model, String next) {
    model.addAttribute("next", local(next));
    return "sign-in";
  }

  private static String local(String next) {
    return NEXT.matcher(next).matches() ? next : ConsolePaths.HOME;
  }

  /// Lax, so that a link to a page of the console opens it; what a session may change is guarded by
  /// [SameOrigin].
  private void keep(
      HttpServletRequest request, HttpServletResponse response, String secret, Duration lifetime) {
    var cookie =
        ResponseCookie.from(Sessions.COOKIE, secret)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(publicUrl.of(request).startsWith("https://"))
            .path("/")
            .maxAge(lifetime)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
