package dev.darkroom.api;

/// Is asked before a token is looked up, and told when one was wrong; refuses by a failure.
public interface TokenGuard {

  /// @param address the client's, as text
  /// @param token what it sent
  void beforeLookUp(String address, String token);

  /// The token was unknown, revoked or expired.
  void wasWrong(String address);
}
