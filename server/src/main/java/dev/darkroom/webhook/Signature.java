package dev.darkroom.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves to a receiver who sent a message, and when, by the HMAC-SHA256 of `id.timestamp.body`.
/// The headers come in the names of the public API, and in those of Standard Webhooks
/// (<https://www.standardwebhooks.com>), which signs the same bytes and writes it down otherwise.
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /// @param id of the message, the same at every try of it
  /// @param at when it is sent; receivers refuse what is minutes old
  static Map<String, String> headers(byte[] key, String id, Instant at, byte[] body) {
    String timestamp = Long.toString(at.getEpochSecond());
    String signature =
        Base64.getEncoder().encodeToString(mac(key, id + "." + timestamp + ".", body));
    return Map.of(
        "Bria-Webhook-Id", id,
        "Bria-Webhook-Timestamp", timestamp,
        "Bria-Webhook-Signature", "v1=" + signature,
        "webhook-id", id,
        "webhook-timestamp", timestamp,
        "webhook-signature", "v1," + signature);
  }

  private static byte[] mac(byte[] key, String head, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(head.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
