package dev.darkroom.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The text of a token: the secret itself, which is never stored and never printed but once.
record TokenText(String value) {

  private static final String PREFIX = "dr_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /// 43 letters of 62 hold 256 bits.
  private static final int LENGTH = 43;

  private static final String WEBHOOK_MESSAGE = "bria-webhook-signing-v1";

  /// What a header can carry as it is.
  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,1000}");

  private static final SecureRandom RANDOM = new SecureRandom();

  TokenText {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a token is 1 to 1000 visible ASCII characters without spaces");
    }
  }

  static boolean isValid(String value) {
    return VALID.matcher(value).matches();
  }

  static TokenText random() {
    var text = new StringBuilder(PREFIX);
    RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
    return new TokenText(text.toString());
  }

  byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// The key under which webhooks for this token's jobs are signed. Clients derive it in the same
  /// way.
  byte[] webhookKey() {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(), "HmacSHA256"));
      return mac.doFinal(WEBHOOK_MESSAGE.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "TokenText";
  }
}
