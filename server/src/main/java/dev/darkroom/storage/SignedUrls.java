package dev.darkroom.storage;

import dev.darkroom.failure.FailureException;
import dev.darkroom.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Links that open without a token, for one to two hours: a path, the second it expires and an
/// HMAC-SHA256 of both under a key that all nodes derive from the master key. Safe for use by many
/// threads at once.
@Component
public class SignedUrls {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration SHORTEST_VALIDITY = Duration.ofHours(1);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;
  private final Clock clock;

  SignedUrls(MasterKey masterKey, Clock clock) {
    this.key = new SecretKeySpec(masterKey.derive("image-urls"), ALGORITHM);
    this.clock = clock;
  }

  /// The path with its expiry and signature. All links made within an hour expire together, so that
  /// a list reads the same and a cache keeps what it has.
  public String sign(String path) {
    var soonest = clock.instant().plus(SHORTEST_VALIDITY);
    var hour = soonest.truncatedTo(ChronoUnit.HOURS);
    var expires = hour.equals(soonest) ? hour : hour.plus(1, ChronoUnit.HOURS);
    var seconds = Long.toString(expires.getEpochSecond());
    return "%s?expires=%s&signature=%s".formatted(path, seconds, signature(path, seconds));
  }

  /// Refuses a link that was not made by `sign` or has expired; tells when it will.
  public Instant check(String path, @Nullable String expires, @Nullable String signature) {
    if (expires == null
        || signature == null
        || !MessageDigest.isEqual(bytes(signature), bytes(signature(path, expires)))) {
      throw new FailureException(StorageFailure.Plain.LINK_INVALID);
    }
    var expiry = Instant.ofEpochSecond(Long.parseLong(expires));
    if (!clock.instant().isBefore(expiry)) {
      throw new FailureException(StorageFailure.Plain.LINK_EXPIRED);
    }
    return expiry;
  }

  private String signature(String path, String expires) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return BASE64.encodeToString(mac.doFinal(bytes(path + "\n" + expires)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
