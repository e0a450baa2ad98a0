package dev.darkroom.api;

import dev.darkroom.account.ApiToken;
import dev.darkroom.account.ApiTokens;
import dev.darkroom.failure.FailureException;
import java.time.Clock;
import org.springframework.stereotype.Component;

/// Tells whether a token lets anyone in: whether it is known, and neither revoked nor expired.
@Component
public final class TokenCheck {

  private final ApiTokens tokens;
  private final TokenGuard guard;
  private final Clock clock;

  TokenCheck(ApiTokens tokens, TokenGuard guard, Clock clock) {
    this.tokens = tokens;
    this.guard = guard;
    this.clock = clock;
  }

  /// The token with this text, which came from the client at `address`. Refuses one that lets
  /// nobody in, and after too many of those from an address whatever could be a guess.
  public ApiToken byText(String address, String text) {
    guard.beforeLookUp(address, text);
    try {
      return usable(
          tokens
              .find(text)
              .orElseThrow(() -> new FailureException(ApiFailure.Plain.TOKEN_UNKNOWN)));
    } catch (FailureException wrong) {
      guard.wasWrong(address);
      throw wrong;
    }
  }

  /// A token that is known already, by a session that was begun with it.
  ApiToken byId(long tokenId) {
    return usable(tokens.get(tokenId));
  }

  private ApiToken usable(ApiToken token) {
    if (token.isRevoked()) {
      throw new FailureException(ApiFailure.Plain.TOKEN_REVOKED);
    }
    if (token.isExpired(clock.instant())) {
      throw new FailureException(ApiFailure.Plain.TOKEN_EXPIRED);
    }
    tokens.noteUse(token);
    return token;
  }
}
