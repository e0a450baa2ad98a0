package dev.darkroom.doctor;

import dev.darkroom.secret.MasterKey;
import dev.darkroom.secret.SecretSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether the master key is there and nobody else's. None is made.
record SecretCheck(Path data, @Nullable String secret) {

  private static final String NAME = "secret";

  Finding run() {
    boolean given = secret != null && !secret.isBlank();
    if (!given && !Files.exists(data.resolve(NAME))) {
      return Finding.ok(
          NAME, "The master key is made at the start, and kept in the data directory.");
    }
    var _ = MasterKey.load(new SecretSettings(data, secret));
    return Finding.ok(
        NAME,
        given ? "The master key of DARKROOM_SECRET." : "The master key in the data directory.");
  }
}
