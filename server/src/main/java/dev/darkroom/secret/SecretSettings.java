package dev.darkroom.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the master key comes from.
///
/// @param data the data directory, whose file `secret` holds it unless `secret` is given
/// @param secret any text of 32 characters or more; the same on all nodes
@ConfigurationProperties("darkroom")
public record SecretSettings(@DefaultValue("data") Path data, @Nullable String secret) {

  public SecretSettings {
    if (secret != null && secret.isBlank()) secret = null;
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "SecretSettings[" + data + "]";
  }
}
