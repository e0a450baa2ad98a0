package dev.darkroom.idempotency;

import dev.darkroom.secret.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// HMACs under a key of the master key's, so that what is kept of a request tells nothing of it: a
/// plain hash of a short body could be found by trying.
@Component
final class Digests {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Digests(MasterKey masterKey) {
    key = new SecretKeySpec(masterKey.derive("idempotency-digest"), ALGORITHM);
  }

  Mac begin() {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The digest of some texts, each of which counts for itself: `a`, `bc` is not `ab`, `c`.
  String of(String... texts) {
    var mac = begin();
    for (var text : texts) add(mac, text);
    return text(mac);
  }

  static String text(Mac mac) {
    return HexFormat.of().formatHex(mac.doFinal());
  }

  static void add(Mac mac, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    mac.update(bytes);
  }
}
