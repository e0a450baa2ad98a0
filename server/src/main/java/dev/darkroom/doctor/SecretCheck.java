package dev.darkroom.doctor;

import dev.darkroom.secret.MasterKey;
import dev.darkroom.secret.SecretSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether the master key is there and nobody else's, and other nodes can have the same. None is
/// made.
///
/// @param shared whether the database or the store is one that other nodes can use, too
record SecretCheck(Path data, @Nullable String secret, boolean shared) {

  private static final String NAME = "secret";

  Finding run() {
    boolean given = secret != null && !secret.isBlank();
    Path file = data.resolve(NAME);
    if (!given && !Files.exists(file)) return notMadeYet();
    var _ = MasterKey.load(new SecretSettings(data, secret));
    if (given) return Finding.ok(NAME, "The master key of DARKROOM_SECRET.");
    return shared
        ? ofThisNodeAlone(file)
        : Finding.ok(NAME, "The master key in the data directory.");
  }

  private Finding notMadeYet() {
    return shared
        ? Finding.warning(
            NAME,
            "Each node makes a master key of its own, and refuses links that another has signed: set DARKROOM_SECRET to the same text on all, such as that of: openssl rand -base64 32")
        : Finding.ok(NAME, "The master key is made at the start, and kept in the data directory.");
  }

  private static Finding ofThisNodeAlone(Path file) {
    return Finding.warning(
        NAME,
        "The master key is in the data directory, so that another node would make one of its own and refuse links that this one has signed: set DARKROOM_SECRET to the text of %s on all."
            .formatted(file));
  }
}
