package dev.darkroom.sidecar;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.failure.FailureException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionTextTest {

  private static final String CAPTION = "Zoë’s “red” barn – 猫";

  @Test
  void readsUtf8WithAndWithoutAByteOrderMark() {
    assertThat(read(CAPTION.getBytes(UTF_8))).isEqualTo(CAPTION);
    assertThat(read(marked(CAPTION.getBytes(UTF_8), 0xEF, 0xBB, 0xBF))).isEqualTo(CAPTION);
  }

  @Test
  void readsUtf16OfEitherOrder() {
    assertThat(read(marked(CAPTION.getBytes(UTF_16LE), 0xFF, 0xFE))).isEqualTo(CAPTION);
    assertThat(read(marked(CAPTION.getBytes(UTF_16BE), 0xFE, 0xFF))).isEqualTo(CAPTION);
  }

  @Test
  void repairsTheQuotesOfWindows1252() {
    String quoted = "Zoë’s “red” barn – 5 €";
    assertThat(read(quoted.getBytes(Charset.forName("windows-1252")))).isEqualTo(quoted);
  }

  @Test
  void trimsWhatIsAround() {
    assertThat(read(" \r\n a barn\n\t".getBytes(UTF_8))).isEqualTo("a barn");
  }

  @Test
  void keepsLinesWithinTheCaption() {
    assertThat(read("a barn\nat dusk".getBytes(UTF_8))).isEqualTo("a barn\nat dusk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t \n", "\uFEFF", "\uFEFF \n"})
  void refusesABlankText(String blank) {
    assertThatThrownBy(() -> read(blank.getBytes(UTF_8)))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("caption.blank")
        .hasMessageContaining("a.txt");
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertUnreadable(new byte[] {(byte) 0x81, (byte) 0x8D, (byte) 0x8F});
    assertUnreadable(new byte[] {'a', 0, 'b', 0});
    assertUnreadable(marked(new byte[] {0, (byte) 0xD8}, 0xFF, 0xFE));
  }

  private static void assertUnreadable(byte[] file) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("caption.unreadable");
  }

  private static String read(byte[] file) {
    return CaptionText.read("a.txt", MemorySegment.ofArray(file));
  }

  private static byte[] marked(byte[] text, int... mark) {
    var file = new ByteArrayOutputStream();
    for (int octet : mark) file.write(octet);
    file.writeBytes(text);
    return file.toByteArray();
  }
}
