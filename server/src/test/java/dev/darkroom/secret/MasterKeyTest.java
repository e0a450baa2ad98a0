package dev.darkroom.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final byte[] PLAIN = "https://example.com/a.zip?signature=x".getBytes(UTF_8);

  @TempDir private Path data;

  private MasterKey given(String secret) {
    return MasterKey.load(new SecretSettings(data, secret));
  }

  @Nested
  class Deriving {

    /// Worked out by another implementation of RFC 5869 (Python's hmac).
    @Test
    void followsTheStandard() {
      assertThat(HexFormat.of().formatHex(given(SECRET).derive("image-url")))
          .isEqualTo("4a24cc7e0d654c3154f1b66fe1e7c5688d89b2fa556d7e228c03c899447d6fd9");
    }

    @Test
    void givesEveryPurposeAKeyOfItsOwn() {
      assertThat(given(SECRET).derive("a")).isEqualTo(given(SECRET).derive("a"));
      assertThat(given(SECRET).derive("a")).isNotEqualTo(given(SECRET).derive("b"));
      assertThat(given(SECRET).derive("a")).isNotEqualTo(given(SECRET + "x").derive("a"));
    }
  }

  @Nested
  class Sealing {

    @Test
    void opensWhatItSealed() {
      byte[] sealed = given(SECRET).seal("source", PLAIN);
      assertThat(sealed).hasSize(PLAIN.length + MasterKey.SEAL_BYTES).startsWith(1);
      assertThat(given(SECRET).open("source", sealed)).isEqualTo(PLAIN);
      assertThat(given(SECRET).open("source", given(SECRET).seal("source", new byte[0]))).isEmpty();
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
      var key = given(SECRET);
      assertThat(key.seal("source", PLAIN)).isNotEqualTo(key.seal("source", PLAIN));
    }

    @Test
    void refusesEveryChangedByte() {
      var key = given(SECRET);
      byte[] sealed = key.seal("source", PLAIN);
      for (int i = 0; i < sealed.length; i++) {
        byte[] changed = sealed.clone();
        changed[i] ^= 1;
        assertThatThrownBy(() -> key.open("source", changed))
            .as("byte " + i)
            .hasMessageContaining("secret.cannot-open");
      }
    }

    @Test
    void refusesAnotherPurposeAnotherKeyAndAShortValue() {
      byte[] sealed = given(SECRET).seal("source", PLAIN);
      assertThatThrownBy(() -> given(SECRET).open("webhook", sealed))
          .hasMessageContaining("(webhook) does not open");
      assertThatThrownBy(() -> given(SECRET + "x").open("source", sealed))
          .hasMessageContaining("does not open");
      assertThatThrownBy(() -> given(SECRET).open("source", new byte[] {1, 2, 3}))
          .hasMessageContaining("does not open");
    }
  }

  @Nested
  class Loading {

    @Test
    void makesASecretThatOnlyItsOwnerMayRead() throws IOException {
      byte[] first = given("").derive("a");
      Path file = data.resolve("secret");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(given("").derive("a")).isEqualTo(first);
      assertThat(given(Files.readString(file) + "\n").derive("a"))
          .as("the file's text is a value for DARKROOM_SECRET")
          .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void refusesASecretThatOthersMayTouch(String permissions) throws IOException {
      Path file = Files.writeString(data.resolve("secret"), SECRET);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      assertThatThrownBy(() -> given("")).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void refusesASecretThatIsEasyToGuessWithoutRepeatingIt() {
      String shortSecret = SECRET.substring(1);
      assertThatThrownBy(() -> given(shortSecret))
          .hasMessageContaining("has 31 characters; at least 32 are needed")
          .hasMessageNotContaining(shortSecret);
      assertThat(new SecretSettings(data, SECRET).toString()).doesNotContain(SECRET);
    }

    @Test
    void agreesOnOneSecretWhenManyStartAtOnce() throws Exception {
      Callable<String> load = () -> HexFormat.of().formatHex(given("").derive("a"));
      Set<String> keys = new HashSet<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var key : threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> load).toList())) {
          keys.add(key.get());
        }
      }
      assertThat(keys).hasSize(1);
      assertThat(data).isDirectoryNotContaining(p -> !p.endsWith("secret"));
    }
  }
}
