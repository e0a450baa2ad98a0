package dev.darkroom.api;

/// Is asked before a token is looked up, and told when one was wrong; refuses by a failure.
public interface TokenGuard {

  /// Refuses to have `token` looked up, which came from the client at `address`.
  void beforeLookUp(String address, String token);

  /// The token was unknown, revoked or expired.
  void wasWrong(String address);
}
