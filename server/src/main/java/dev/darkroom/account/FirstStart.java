package dev.darkroom.account;

import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Sees to it that somebody can get in: adds the operator's own token (`darkroom.token`) when it is
/// absent, and else, where there is no token at all, makes one and prints it this once. Nodes that
/// start together make one between them.
@Component
class FirstStart implements ApplicationRunner {

  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

  private final ApiTokens tokens;
  private final TokenMint mint;
  private final String operatorsToken;

  FirstStart(ApiTokens tokens, TokenMint mint, @Value("${darkroom.token:}") String operatorsToken) {
    this.tokens = tokens;
    this.mint = mint;
    this.operatorsToken = operatorsToken.strip();
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (!operatorsToken.isEmpty()) {
      addOperatorsToken(new TokenText(operatorsToken));
    } else if (tokens.isEmpty()) {
      makeToken();
    }
  }

  private void addOperatorsToken(TokenText text) {
    // Named for its digest, so that a later token stands beside an earlier one.
    var name = "environment-" + HexFormat.of().formatHex(text.sha256(), 0, 4);
    if (mint.add(admin(name), text)) {
      LOG.info("Added the token of DARKROOM_TOKEN to the organization default, as {}.", name);
    } else if (tokens.find(text.value()).filter(ApiToken::isRevoked).isPresent()) {
      LOG.warn("The token of DARKROOM_TOKEN was revoked and lets nobody in.");
    }
  }

  private void makeToken() {
    var text = TokenText.random();
    if (mint.add(admin("first-start"), text)) {
      // Not a log line: logs are kept, and this is the secret itself.
      System.out.printf(
          "%nAPI token of the organization default (shown only now): %s%n%n", text.value());
    }
  }

  private static NewToken admin(String name) {
    return new NewToken(NewToken.DEFAULT_ORGANIZATION, name, Scope.ADMIN, null);
  }
}
