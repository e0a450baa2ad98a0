package dev.darkroom.console;

import dev.darkroom.account.ApiTokens;
import dev.darkroom.api.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// Tells every page who looks at it.
@ControllerAdvice(annotations = ConsolePage.class)
class Viewers {

  private final ApiTokens tokens;

  Viewers(ApiTokens tokens) {
    this.tokens = tokens;
  }

  /// Nobody, on the page to sign in.
  @ModelAttribute("viewer")
  @Nullable Viewer viewer(HttpServletRequest request) {
    return Caller.find(request).map(this::of).orElse(null);
  }

  private Viewer of(Caller caller) {
    var token = tokens.get(caller.tokenId());
    return new Viewer(token.organization(), token.name(), caller.mayWrite());
  }
}
