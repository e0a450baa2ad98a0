package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFileTest {

  /// The second example of FIPS 180-2, appendix B.
  private static final KnownFile ABC =
      new KnownFile("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  @TempDir private Path folder;

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("abc"), text);
  }

  @Test
  void givesTheBytes() throws IOException {
    write("abc");
    assertThat(ABC.read(folder)).asString().isEqualTo("abc");
  }

  @Test
  void refusesOtherBytes() throws IOException {
    write("abd");
    assertThatThrownBy(() -> ABC.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("abc has the SHA-256 a52d159f")
        .hasMessageContaining("and not ba7816bf");
  }

  @Test
  void refusesAnotherLengthUnread() throws IOException {
    write("abcd");
    assertThatThrownBy(() -> ABC.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("abc has 4 bytes, and not 3");
  }

  @Test
  void saysThatTheFileIsMissing() {
    assertThatThrownBy(() -> ABC.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("abc is missing");
  }
}
