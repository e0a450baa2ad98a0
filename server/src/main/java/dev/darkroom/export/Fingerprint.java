package dev.darkroom.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What exports are told apart by: a digest of everything that their bytes follow from, in order.
final class Fingerprint {

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  void add(String text) {
    add(text.getBytes(UTF_8));
  }

  /// The length goes first, so that no two sequences of texts read the same.
  void add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  /// In hexadecimal; nothing can be added any more.
  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
