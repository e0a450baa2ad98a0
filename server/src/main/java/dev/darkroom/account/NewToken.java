package dev.darkroom.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A token to be made.
///
/// @param name unlike the organization's others
/// @param validFor null for ever
public record NewToken(String organization, String name, Scope scope, @Nullable Duration validFor) {

  static final String DEFAULT_ORGANIZATION = "default";

  public NewToken {
    if (organization.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("an organization and a token need names");
    }
  }
}
