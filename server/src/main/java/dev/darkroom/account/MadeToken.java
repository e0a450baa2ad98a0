package dev.darkroom.account;

/// A token that was made just now.
///
/// @param text the secret itself, which is nowhere else
public record MadeToken(ApiToken token, String text) {

  @Override
  public String toString() {
    return "MadeToken[token=%s]".formatted(token);
  }
}
