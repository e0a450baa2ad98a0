package dev.darkroom.secret;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/// The file `secret` in the data directory: 32 random bytes as text, for the owner's eyes only.
record SecretFile(Path path) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /// The secret, which is made where there is none yet.
  String readOrMake() {
    try {
      if (!Files.exists(path)) make();
      var permissions = Files.getPosixFilePermissions(path);
      if (permissions.stream().anyMatch(SecretFile::isForOthers)) {
        throw new FailureException(
            new SecretFailure.Exposed(path, PosixFilePermissions.toString(permissions)));
      }
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw new FailureException(
          new SecretFailure.FileUnusable(path, e.getClass().getSimpleName()), e);
    }
  }

  /// Another process may make it in the same moment: a link appears complete, and only once.
  private void make() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    String text = Base64.getEncoder().encodeToString(random);
    Path unfinished =
        Files.createTempFile(
            path.toAbsolutePath().getParent(),
            "secret",
            null,
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(unfinished, text, StandardCharsets.US_ASCII);
      try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.createLink(path, unfinished);
    } catch (FileAlreadyExistsException _) {
      // The other process was first; its secret is the one.
    } finally {
      Files.delete(unfinished);
    }
  }

  private static boolean isForOthers(PosixFilePermission permission) {
    return permission.name().startsWith("GROUP") || permission.name().startsWith("OTHERS");
  }
}
