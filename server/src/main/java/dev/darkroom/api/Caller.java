package dev.darkroom.api;

import dev.darkroom.account.ApiToken;
import dev.darkroom.account.Scope;
import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who makes a request: a token of an organization. A controller takes it as an argument.
///
/// What the caller may do is asked after the thing is found, so that a thing of another
/// organization reads as missing to every token alike.
public record Caller(
    long organizationId, long tokenId, Scope scope, boolean organizationSuspended) {

  /// Who speaks by a token.
  public static Caller of(ApiToken token) {
    return new Caller(
        token.organizationId(), token.id(), token.scope(), token.organizationSuspended());
  }

  /// Who makes this request; nobody, where its path takes no token.
  public static Optional<Caller> find(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(Caller.class.getName()));
  }

  /// The server itself, acting in an organization for its operator.
  public static Caller ofServer(long organizationId) {
    return new Caller(organizationId, 0, Scope.WRITE, false);
  }

  /// Refuses a caller who may not look at its organization's things.
  public void requireRead() {
    if (organizationSuspended) {
      throw new FailureException(ApiFailure.Plain.ORGANIZATION_SUSPENDED);
    }
  }

  /// Whether the caller may change its organization's things, for who is to be offered that.
  public boolean mayWrite() {
    return scope.includes(Scope.WRITE) && !organizationSuspended;
  }

  /// Refuses a caller who may not change its organization's things.
  public void requireWrite() {
    requireRead();
    if (!scope.includes(Scope.WRITE)) {
      throw new FailureException(ApiFailure.Plain.TOKEN_READ_ONLY);
    }
  }

  /// Refuses a caller who may not run the server itself. To be asked before anything is looked for:
  /// what the server has is none of the caller's business.
  public void requireAdmin() {
    requireRead();
    if (!scope.includes(Scope.ADMIN)) {
      throw new FailureException(ApiFailure.Plain.TOKEN_NOT_ADMIN);
    }
  }
}
