package dev.darkroom.secret;

import dev.darkroom.failure.FailureException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The secret that all nodes share. It is never used itself: every purpose has a key of its own,
/// derived by HKDF-SHA256 (RFC 5869). Safe for use by many threads at once.
///
/// A sealed value is a version byte, a nonce of 12 bytes, and the AES-256-GCM ciphertext with its
/// tag of 16; the purpose is authenticated with it, so that a value sealed for one purpose does not
/// open for another.
public final class MasterKey {

  private static final int SHORTEST = 32;
  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /// How much longer a sealed value is than the plain one.
  public static final int SEAL_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final byte[] secret;

  private MasterKey(byte[] secret) {
    this.secret = secret;
  }

  /// The key of the settings' secret, or else of the data directory's, which is made on first use.
  public static MasterKey load(SecretSettings settings) {
    String given = settings.secret();
    if (given != null) return of(given, "DARKROOM_SECRET");
    var file = new SecretFile(settings.data().resolve("secret"));
    return of(file.readOrMake(), file.path().toString());
  }

  private static MasterKey of(String text, String source) {
    String secret = text.strip();
    if (secret.length() < SHORTEST) {
      throw new FailureException(new SecretFailure.TooShort(source, secret.length(), SHORTEST));
    }
    return new MasterKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  /// A key of 32 bytes for `purpose`: always the same, and telling nothing of another purpose's.
  public byte[] derive(String purpose) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(bytes(purpose), KEY_BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Encrypts `plain`, for [#open] with the same purpose.
  public byte[] seal(String purpose, byte[] plain) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + encrypted.length)
          .put(VERSION)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Decrypts what [#seal] made; fails with [SecretFailure.CannotOpen] for anything else.
  public byte[] open(String purpose, byte[] sealed) {
    if (sealed.length < SEAL_BYTES || sealed[0] != VERSION) throw cannotOpen(purpose);
    var buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    var nonce = new byte[NONCE_BYTES];
    buffer.get(nonce);
    var encrypted = new byte[buffer.remaining()];
    buffer.get(encrypted);
    try {
      return cipher(Cipher.DECRYPT_MODE, purpose, nonce).doFinal(encrypted);
    } catch (AEADBadTagException _) {
      throw cannotOpen(purpose);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    SecretKey key = new SecretKeySpec(derive("seal/" + purpose), "AES");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(bytes(purpose));
    return cipher;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static FailureException cannotOpen(String purpose) {
    return new FailureException(new SecretFailure.CannotOpen(purpose));
  }
}
