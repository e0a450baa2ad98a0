package dev.darkroom.stagedupload;

import dev.darkroom.failure.FailureException;
import dev.darkroom.stagedupload.StagedUploadFailure.ChecksumUnknown;
import dev.darkroom.stagedupload.StagedUploadFailure.Plain;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// The digest that the body of a request must have, as its client says.
///
/// @param algorithm as Java names it
/// @param digest in hexadecimal digits
record UploadChecksum(String algorithm, String digest) {

  static final String HEADER = "Upload-Checksum";

  /// By their names on the wire, in the order in which they are told.
  static final String NAMES = "sha1,sha256,sha512";

  private static final Map<String, String> ALGORITHMS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  static UploadChecksum parse(String header) {
    String[] parts = header.strip().split(" +", -1);
    if (parts.length != 2) throw unknown("no algorithm and digest");
    String algorithm = ALGORITHMS.get(parts[0]);
    if (algorithm == null) throw unknown("an algorithm that this server does not know");
    try {
      byte[] digest = Base64.getDecoder().decode(parts[1]);
      if (digest.length == digest(algorithm).getDigestLength()) {
        return new UploadChecksum(algorithm, HexFormat.of().formatHex(digest));
      }
    } catch (IllegalArgumentException _) {
      // Answered below.
    }
    throw unknown("no digest of " + parts[0]);
  }

  MessageDigest begin() {
    return digest(algorithm);
  }

  void requireMatch(MessageDigest body) {
    if (!HexFormat.of().formatHex(body.digest()).equals(digest)) {
      throw new FailureException(Plain.CHECKSUM_MISMATCH);
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static FailureException unknown(String what) {
    return new FailureException(new ChecksumUnknown(what));
  }
}
