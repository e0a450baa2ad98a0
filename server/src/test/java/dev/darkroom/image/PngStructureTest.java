package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.concat;
import static dev.darkroom.image.TestImages.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngStructureTest {

  private static final byte[] DATA = TestPng.data(8, 24, 7);

  @Test
  void readsAWholeImage() {
    var structure = walk(TestImages.png(300, 200));

    assertThat(structure.flaw()).isNull();
    assertThat(structure.width()).isEqualTo(300);
    assertThat(structure.height()).isEqualTo(200);
    assertThat(structure.hasAlpha()).isFalse();
    assertThat(structure.animated()).isFalse();
  }

  @Test
  void everyCutIsTruncated() {
    var png = TestImages.png(16, 16);
    for (int length = 4; length < png.length; length++) {
      assertThat(walk(Arrays.copyOf(png, length)).flaw())
          .as("cut at %d", length)
          .isEqualTo(new ImageFailure.Truncated(length));
    }
  }

  @Test
  void everyFlippedBitIsFound() {
    var png = TestImages.png(16, 16);
    for (int bit = 32; bit < png.length * 8; bit++) {
      var flipped = png.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(walk(flipped).flaw()).as("bit %d", bit).isNotNull();
    }
  }

  @Test
  void looksAtNothingBehindTheEnd() {
    assertThat(walk(concat(TestImages.png(16, 16), new byte[100])).flaw()).isNull();
  }

  @Test
  void namesATransferInTextMode() {
    var png = new String(TestImages.png(16, 16), java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(TestImages.flaw(walk(ascii(png.replace("\r\n", "\n")))).message())
        .contains("text mode");
  }

  @Test
  void findsTransparencyAnimationAndExif() {
    assertThat(walk(TestPng.of(TestPng.header(8, 8, 8, 6), DATA, TestPng.END)).hasAlpha()).isTrue();
    assertThat(walk(TestPng.of(TestPng.header(8, 8, 8, 4), DATA, TestPng.END)).hasAlpha()).isTrue();
    assertThat(walk(TestPng.with(8, 8, TestPng.chunk("tRNS", new byte[6]))).hasAlpha()).isTrue();
    assertThat(walk(TestPng.with(8, 8, TestPng.chunk("acTL", new byte[8]))).animated()).isTrue();
    assertThat(TestImages.exif(walk(TestPng.with(8, 8, TestPng.chunk("eXIf", ascii("MM"))))))
        .isEqualTo(ascii("MM"));
  }

  @ParameterizedTest
  @CsvSource({"0, 8, 8, 2", "8, 0, 8, 2", "-1, 8, 8, 2", "8, 8, 4, 2", "8, 8, 16, 3", "8, 8, 8, 5"})
  void refusesHeadersThatMakeNoSense(int width, int height, int depth, int colourType) {
    assertCorrupt(TestPng.of(TestPng.header(width, height, depth, colourType), DATA, TestPng.END));
  }

  @Nested
  class Order {

    private final byte[] header = TestPng.header(8, 8, 8, 2);

    @Test
    void needsTheHeaderFirstAndOnce() {
      assertCorrupt(TestPng.of(DATA, TestPng.END));
      assertCorrupt(TestPng.of(header, header, DATA, TestPng.END));
    }

    @Test
    void needsAPictureInOnePiece() {
      var text = TestPng.chunk("tEXt", ascii("a\0b"));
      assertCorrupt(TestPng.of(header, TestPng.END));
      assertCorrupt(TestPng.of(header, DATA, text, DATA, TestPng.END));
      assertThat(walk(TestPng.of(header, text, DATA, DATA, text, TestPng.END)).flaw()).isNull();
    }

    @Test
    void needsThePaletteBeforeThePicture() {
      var indexed = TestPng.header(8, 8, 8, 3);
      var palette = TestPng.chunk("PLTE", new byte[6]);
      assertCorrupt(TestPng.of(indexed, DATA, TestPng.END));
      assertThat(walk(TestPng.of(indexed, palette, DATA, TestPng.END)).flaw()).isNull();
    }

    @Test
    void needsNoChunkThatIsNotKnown() {
      assertCorrupt(TestPng.with(8, 8, TestPng.chunk("NEWC", new byte[3])));
      assertCorrupt(TestPng.with(8, 8, TestPng.chunk("a b!", new byte[3])));
      assertThat(walk(TestPng.with(8, 8, TestPng.chunk("neWc", new byte[3]))).flaw()).isNull();
    }

    @Test
    void isAnotherInApplesVariant() {
      var png = TestPng.of(TestPng.chunk("CgBI", new byte[4]), header, DATA, TestPng.END);

      assertThat(walk(png).flaw()).isInstanceOf(ImageFailure.UnsupportedFormat.class);
    }
  }

  @Nested
  class Metadata {

    private final byte[] bomb = TestPng.deflate(new byte[InflationBudget.MAX_INFLATED_BYTES + 1]);
    private final byte[] half =
        TestPng.deflate(new byte[InflationBudget.MAX_INFLATED_BYTES / 2 + 1]);

    @Test
    void thatInflatesWithoutEndIsRefused() {
      assertTooMuch(TestPng.chunk("zTXt", concat(ascii("Comment\0\0"), bomb)));
      assertTooMuch(TestPng.chunk("iCCP", concat(ascii("profile\0\0"), bomb)));
      assertTooMuch(TestPng.chunk("iTXt", concat(ascii("Comment\0\u0001\0en\0Comment\0"), bomb)));
    }

    @Test
    void countsTogether() {
      var text = TestPng.chunk("zTXt", concat(ascii("Comment\0\0"), half));

      assertThat(walk(TestPng.with(8, 8, text)).flaw()).isNull();
      assertTooMuch(concat(text, text));
    }

    @Test
    void thatIsBrokenIsNoFlaw() {
      for (var payload : new String[] {"", "a", "a\0", "a\0\0", "a\0\0nonsense", "a\0\u0001\0e"}) {
        for (var type : new String[] {"zTXt", "iTXt", "iCCP"}) {
          assertThat(walk(TestPng.with(8, 8, TestPng.chunk(type, ascii(payload)))).flaw()).isNull();
        }
      }
    }

    private void assertTooMuch(byte[] chunks) {
      var flaw = TestImages.flaw(walk(TestPng.with(8, 8, chunks)));
      assertThat(flaw)
          .isEqualTo(new ImageFailure.TooMuchMetadata(InflationBudget.MAX_INFLATED_BYTES));
      assertThat(flaw.status()).isEqualTo(413);
    }
  }

  private static void assertCorrupt(byte[] png) {
    assertThat(walk(png).flaw()).isInstanceOf(ImageFailure.Corrupt.class);
  }

  private static Structure walk(byte[] png) {
    return Structure.of(ImageFormat.PNG, segment(png));
  }
}
