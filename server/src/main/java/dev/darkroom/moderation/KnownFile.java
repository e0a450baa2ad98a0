package dev.darkroom.moderation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file whose every byte is known beforehand.
record KnownFile(String name, long length, String sha256) {

  /// The file's bytes.
  ///
  /// @throws IOException where it is missing or another; the message is a clause that names it
  byte[] read(Path folder) throws IOException {
    Path file = folder.resolve(name);
    try {
      long found = Files.size(file);
      if (found != length) {
        throw new IOException("%s has %d bytes, and not %d".formatted(file, found, length));
      }
      byte[] bytes = Files.readAllBytes(file);
      String digest = sha256(bytes);
      if (!digest.equals(sha256)) {
        throw new IOException("%s has the SHA-256 %s, and not %s".formatted(file, digest, sha256));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing", e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
