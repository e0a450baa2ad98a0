package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.chunk;
import static dev.darkroom.image.TestImages.concat;
import static dev.darkroom.image.TestImages.segment;
import static dev.darkroom.image.TestImages.vp8l;
import static dev.darkroom.image.TestImages.vp8x;
import static dev.darkroom.image.TestImages.webp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WebpStructureTest {

  private static final byte[] PICTURE = chunk("VP8L", vp8l(300, 200, 0));

  @Test
  void readsTheThreeLayouts() {
    assertWhole(webp(PICTURE), 300, 200, false);
    assertWhole(webp(vp8x(0, 300, 200), PICTURE), 300, 200, false);
    assertWhole(TestImages.LOSSY_WEBP, 32, 32, false);
    assertWhole(TestImages.LOSSLESS_WEBP, 32, 32, false);
    assertWhole(TestImages.LOSSY_ALPHA_WEBP, 32, 32, true);
    assertWhole(TestImages.LOSSLESS_ALPHA_WEBP, 32, 32, true);
  }

  private static void assertWhole(byte[] webp, int width, int height, boolean hasAlpha) {
    assertThat(walk(webp))
        .isEqualTo(new Structure(width, height, hasAlpha, false, true, null, null));
  }

  @Test
  void everyCutIsTruncated() {
    for (var webp : new byte[][] {TestImages.LOSSY_WEBP, TestImages.LOSSY_ALPHA_WEBP}) {
      for (int length = 12; length < webp.length; length++) {
        assertThat(walk(Arrays.copyOf(webp, length)).flaw())
            .as("cut at %d", length)
            .isEqualTo(new ImageFailure.Truncated(length));
      }
    }
  }

  @Test
  void looksAtNothingBehindTheEnd() {
    assertThat(walk(concat(webp(PICTURE), new byte[100])).flaw()).isNull();
  }

  @Test
  void findsAnimation() {
    assertThat(walk(webp(vp8x(2, 300, 200))).animated()).isTrue();
    assertThat(walk(webp(vp8x(0, 300, 200), chunk("ANMF", new byte[24]))).animated()).isTrue();
  }

  @Test
  void findsExifWithAndWithoutAPreamble() {
    var plain = webp(vp8x(8, 300, 200), PICTURE, chunk("EXIF", ascii("MM\0*")));
    var preamble = webp(vp8x(8, 300, 200), PICTURE, chunk("EXIF", ascii("Exif\0\0MM\0*")));

    assertThat(TestImages.exif(walk(plain))).isEqualTo(ascii("MM\0*"));
    assertThat(TestImages.exif(walk(preamble))).isEqualTo(ascii("MM\0*"));
  }

  @Nested
  class Nonsense {

    @Test
    void noPicture() {
      assertCorrupt(webp(vp8x(0, 300, 200)));
      assertCorrupt(webp(chunk("EXIF", new byte[4]), PICTURE));
    }

    @Test
    void twoPicturesOrHeaders() {
      assertCorrupt(webp(PICTURE, PICTURE));
      assertCorrupt(webp(vp8x(0, 300, 200), vp8x(0, 300, 200), PICTURE));
    }

    @Test
    void aPictureOfAnotherSizeThanItsHeader() {
      assertCorrupt(webp(vp8x(0, 301, 200), PICTURE));
    }

    @Test
    void aChunkLongerThanTheFileSays() {
      var webp = webp(PICTURE);
      webp[16] = 0x7F;
      assertCorrupt(concat(webp, new byte[200]));
    }

    @Test
    void aPictureThatDoesNotBeginAsOne() {
      assertCorrupt(webp(chunk("VP8L", new byte[20])));
      assertCorrupt(webp(chunk("VP8L", new byte[2])));
      assertCorrupt(webp(chunk("VP8 ", new byte[20])));
      assertCorrupt(webp(chunk("VP8 ", new byte[2])));
      assertCorrupt(webp(chunk("VP8X", new byte[2]), PICTURE));
    }

    @Test
    void aFirstPartitionLongerThanThePicture() {
      var webp = TestImages.LOSSY_WEBP.clone();
      webp[22] = (byte) 0xFF;
      assertCorrupt(webp);
    }
  }

  private static void assertCorrupt(byte[] webp) {
    assertThat(walk(webp).flaw()).isInstanceOf(ImageFailure.Corrupt.class);
  }

  private static Structure walk(byte[] webp) {
    return Structure.of(ImageFormat.WEBP, segment(webp));
  }
}
