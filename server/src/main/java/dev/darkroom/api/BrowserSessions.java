package dev.darkroom.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// What browsers have signed in with, so that they need not keep a token themselves.
public interface BrowserSessions {

  /// The id of the token that the request's session was begun with; none where it has no session,
  /// or one that is over.
  Optional<Long> tokenOf(HttpServletRequest request);
}
