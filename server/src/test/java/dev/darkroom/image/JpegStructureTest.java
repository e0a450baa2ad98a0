package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.bigEndian;
import static dev.darkroom.image.TestImages.concat;
import static dev.darkroom.image.TestImages.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegStructureTest {

  private static final byte[] SOI = {(byte) 0xFF, (byte) 0xD8};
  private static final byte[] EOI = {(byte) 0xFF, (byte) 0xD9};

  @Test
  void readsWholeImages() {
    for (var jpeg :
        new byte[][] {TestImages.jpeg(300, 200), TestImages.progressiveJpeg(300, 200)}) {
      var structure = walk(jpeg);

      assertThat(structure.flaw()).isNull();
      assertThat(structure.width()).isEqualTo(300);
      assertThat(structure.height()).isEqualTo(200);
      assertThat(structure.hasAlpha()).isFalse();
      assertThat(structure.exif()).isNull();
    }
  }

  @Test
  void everyCutIsTruncated() {
    var jpeg = TestImages.jpeg(64, 64);
    for (int length = 3; length < jpeg.length; length++) {
      assertThat(walk(Arrays.copyOf(jpeg, length)).flaw())
          .as("cut at %d", length)
          .isEqualTo(new ImageFailure.Truncated(length));
    }
  }

  @Test
  void toleratesWhatCamerasLeaveBehindAndBetween() {
    var jpeg = TestImages.jpeg(64, 64);
    var trailing = concat(jpeg, jpeg, new byte[5]);
    var between = concat(SOI, segmentOf(0xE5, new byte[20]), new byte[7], tail(jpeg));

    assertThat(walk(trailing).flaw()).isNull();
    assertThat(walk(between).flaw()).isNull();
  }

  @Test
  void findsTheFirstExifBlock() {
    var jpeg = TestImages.withExif(TestImages.jpeg(16, 16), ascii("second"));
    var both = TestImages.withExif(jpeg, ascii("first"));
    var other = TestImages.withSegment(both, 0xE1, ascii("http://ns.adobe.com/xap/1.0/\0"));

    assertThat(TestImages.exif(walk(other))).isEqualTo(ascii("first"));
  }

  @ParameterizedTest
  @CsvSource({
    "C3, lossless",
    "C5, hierarchical",
    "C7, hierarchical",
    "C9, arithmetic",
    "CA, arithmetic",
    "CF, arithmetic",
    "F7, lossless"
  })
  void refusesCodingsThatHardlyAnyDecoderReads(String marker, String name) {
    var flaw =
        TestImages.flaw(walk(concat(SOI, frame(Integer.parseInt(marker, 16), 8, 64, 64, 3))));

    assertThat(flaw).isInstanceOf(ImageFailure.UnsupportedFormat.class);
    assertThat(flaw.message()).contains(name);
  }

  @Test
  void refusesWhatIsNoCommonPicture() {
    assertThat(TestImages.flaw(walk(concat(SOI, frame(0xC1, 12, 64, 64, 3)))).message())
        .contains("12 bits per sample");
    assertThat(TestImages.flaw(walk(concat(SOI, frame(0xC0, 8, 64, 64, 2)))).message())
        .contains("2 components");
    assertThat(TestImages.flaw(walk(concat(SOI, frame(0xC0, 8, 64, 0, 3)))).message())
        .contains("height");
    assertThat(TestImages.flaw(walk(concat(SOI, segmentOf(0xDE, new byte[4])))).message())
        .contains("hierarchical");
  }

  @Nested
  class Nonsense {

    @Test
    void aSegmentShorterThanItsLength() {
      assertCorrupt(concat(SOI, new byte[] {(byte) 0xFF, (byte) 0xE0, 0, 1}));
    }

    @Test
    void noPicture() {
      assertCorrupt(concat(SOI, EOI, EOI));
      assertCorrupt(concat(SOI, frame(0xC0, 8, 64, 64, 3), EOI));
    }

    @Test
    void aScanWithoutAFrame() {
      assertCorrupt(concat(SOI, segmentOf(0xDA, new byte[10]), EOI));
    }

    @Test
    void twoFrames() {
      var frame = frame(0xC0, 8, 64, 64, 3);
      assertCorrupt(concat(SOI, frame, frame));
    }

    @Test
    void aFrameWithoutAWidth() {
      assertCorrupt(concat(SOI, frame(0xC0, 8, 0, 64, 3)));
    }

    @Test
    void aSecondImageInside() {
      var jpeg = TestImages.jpeg(64, 64);
      assertCorrupt(concat(Arrays.copyOf(jpeg, jpeg.length - 2), jpeg));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 20})
  void restartMarkersCountOverAndOver(int restarts) {
    assertThat(walk(restarting(restarts, -1)).flaw()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 18})
  void aMissingRestartMarkerIsAMissingPart(int missing) {
    assertCorrupt(restarting(20, missing));
  }

  @Test
  void tooManyScansAreRefused() {
    var one = concat(segmentOf(0xDA, new byte[10]), new byte[] {1, 2, 3});
    var scans = new byte[JpegStructure.MAX_SCANS][];
    Arrays.fill(scans, one);
    var most = concat(SOI, frame(0xC2, 8, 64, 64, 3), concat(scans));

    assertThat(walk(concat(most, EOI)).flaw()).isNull();
    assertThat(walk(concat(most, one, EOI)).flaw())
        .isEqualTo(new ImageFailure.TooManyScans(JpegStructure.MAX_SCANS))
        .satisfies(f -> assertThat(f.status()).isEqualTo(413));
  }

  private static byte[] restarting(int restarts, int missing) {
    var scan = concat(SOI, frame(0xC0, 8, 64, 64, 3), segmentOf(0xDA, new byte[10]));
    for (int i = 0; i < restarts; i++) {
      scan = concat(scan, new byte[] {9, (byte) 0xFF, 0, 9});
      if (i != missing) {
        scan = concat(scan, new byte[] {(byte) 0xFF, (byte) (0xD0 + i % 8)});
      }
    }
    return concat(scan, new byte[] {9}, EOI);
  }

  private static byte[] frame(int marker, int precision, int width, int height, int components) {
    return segmentOf(
        marker,
        concat(
            bigEndian(precision, 1),
            bigEndian(height, 2),
            bigEndian(width, 2),
            bigEndian(components, 1),
            new byte[3 * components]));
  }

  private static byte[] segmentOf(int marker, byte[] payload) {
    return concat(
        new byte[] {(byte) 0xFF, (byte) marker}, bigEndian(payload.length + 2, 2), payload);
  }

  private static byte[] tail(byte[] jpeg) {
    return Arrays.copyOfRange(jpeg, 2, jpeg.length);
  }

  private static void assertCorrupt(byte[] jpeg) {
    assertThat(walk(jpeg).flaw()).isInstanceOf(ImageFailure.Corrupt.class);
  }

  private static Structure walk(byte[] jpeg) {
    return Structure.of(ImageFormat.JPEG, segment(jpeg));
  }
}
