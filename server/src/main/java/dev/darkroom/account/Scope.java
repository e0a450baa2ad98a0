package dev.darkroom.account;

import java.util.Locale;

/// What a token may do. Each scope includes those before it.
public enum Scope {
  /// Look at everything of its organization.
  READ,
  /// Change it, too.
  WRITE,
  /// Run the server, too: all organizations and their tokens, metrics and health details. The
  /// operator's scope, whatever organization the token is of; it opens no other organization's
  /// things.
  ADMIN;

  public boolean includes(Scope other) {
    return compareTo(other) >= 0;
  }

  /// The name in the database and on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
