package dev.darkroom.admin;

import dev.darkroom.account.ApiTokens;
import dev.darkroom.account.MadeToken;
import dev.darkroom.account.Organizations;
import dev.darkroom.account.TokenMint;
import dev.darkroom.api.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
class TokenController {

  private final Organizations organizations;
  private final ApiTokens tokens;
  private final TokenMint mint;
  private final LockOutGuard guard;
  private final Clock clock;

  TokenController(
      Organizations organizations,
      ApiTokens tokens,
      TokenMint mint,
      LockOutGuard guard,
      Clock clock) {
    this.organizations = organizations;
    this.tokens = tokens;
    this.mint = mint;
    this.guard = guard;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<ListedToken.Shown> create(Caller caller, @RequestBody TokenForm form) {
    var wanted = form.checked(clock.instant());
    caller.requireAdmin();
    var _ = organizations.getOpen(wanted.organization());
    return shown(mint.create(wanted));
  }

  @GetMapping
  List<ListedToken> list(
      Caller caller,
      @RequestParam(name = "organization", required = false) @Nullable String organization) {
    caller.requireAdmin();
    return tokens.list(organization).stream().map(ListedToken::of).toList();
  }

  @PostMapping("/{token_id}/rotate")
  ResponseEntity<ListedToken.Shown> rotate(
      Caller caller,
      @PathVariable("token_id") long tokenId,
      @RequestBody(required = false) @Nullable Rotation rotation) {
    var grace = rotation == null ? Duration.ZERO : rotation.grace();
    caller.requireAdmin();
    return shown(mint.rotate(tokens.get(tokenId), grace));
  }

  @DeleteMapping("/{token_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(Caller caller, @PathVariable("token_id") long tokenId) {
    caller.requireAdmin();
    var token = tokens.get(tokenId);
    guard.make(() -> tokens.revoke(token));
  }

  private static ResponseEntity<ListedToken.Shown> shown(MadeToken made) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(ListedToken.Shown.of(made));
  }
}
