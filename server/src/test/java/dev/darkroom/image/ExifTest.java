package dev.darkroom.image;

import static dev.darkroom.image.TestExif.fraction;
import static dev.darkroom.image.TestExif.number;
import static dev.darkroom.image.TestExif.pointer;
import static dev.darkroom.image.TestExif.text;
import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {

  private static final byte[] PHOTO =
      TestExif.block(
          List.of(
              text(0x010F, "Fujifilm "),
              text(0x0110, "X-T5"),
              number(0x0112, 6),
              text(0x0131, "Darktable\u0001 4.8"),
              pointer(0x8825, 8)),
          List.of(
              fraction(0x829A, 1, 250),
              fraction(0x829D, 28, 10),
              number(0x8827, 400),
              text(0x9003, "2026:05:01 18:30:05"),
              text(0x9011, "+02:00"),
              fraction(0x920A, 35, 1),
              number(0xA001, 1),
              number(0xA405, 53),
              text(0xA430, "A Person"),
              text(0xA431, "SN 1234"),
              text(0xA434, "XF35mmF1.4 R")));

  @Test
  void keepsTheFactsOfCameraAndExposureAndNoOthers() {
    var exif = read(PHOTO);

    assertThat(exif.orientation()).isEqualTo(6);
    assertThat(exif.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("orientation", 6),
                Map.entry("make", "Fujifilm"),
                Map.entry("model", "X-T5"),
                Map.entry("software", "Darktable 4.8"),
                Map.entry("exposure_time", 0.004),
                Map.entry("f_number", 2.8),
                Map.entry("iso", 400),
                Map.entry("taken_at", "2026-05-01T18:30:05+02:00"),
                Map.entry("focal_length", 35.0),
                Map.entry("focal_length_35mm", 53),
                Map.entry("color_space", "sRGB"),
                Map.entry("lens_model", "XF35mmF1.4 R")));
  }

  @Test
  void leavesOutWhatIsNoValue() {
    var block =
        TestExif.block(
            List.of(text(0x010F, " \u0002 "), number(0x0112, 9)),
            List.of(
                fraction(0x829A, 1, 0),
                fraction(0x829D, 0, 0),
                number(0x8827, 0),
                text(0x9003, "0000:00:00 00:00:00"),
                number(0xA001, 7)));

    assertThat(read(block)).isEqualTo(Exif.NONE);
  }

  @Test
  void keepsATimeWithoutAnOffsetAsItIs() {
    var block = TestExif.block(List.of(), List.of(text(0x9003, "2026:05:01 18:30:05")));

    assertThat(read(block).facts()).isEqualTo(Map.of("taken_at", "2026-05-01T18:30:05"));
  }

  @Test
  void cutsLongTexts() {
    var block = TestExif.block(List.of(text(0x010F, "m".repeat(900))), List.of());

    assertThat((String) read(block).facts().get("make")).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsEveryOrientation(int orientation) {
    assertThat(read(TestExif.orientation(orientation)).orientation()).isEqualTo(orientation);
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "65535"})
  void takesOtherOrientationsForNone(int orientation) {
    assertThat(read(TestExif.orientation(orientation))).isEqualTo(Exif.NONE);
  }

  @Test
  void brokenBlocksNeverFail() {
    assertThat(Exif.read(null)).isEqualTo(Exif.NONE);
    assertThat(read(new byte[0])).isEqualTo(Exif.NONE);
    assertThat(read(ascii("not a TIFF header"))).isEqualTo(Exif.NONE);
    for (int length = 0; length < PHOTO.length; length++) {
      read(Arrays.copyOf(PHOTO, length));
    }
    var random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      var block = PHOTO.clone();
      for (int j = 0; j < 4; j++) {
        block[random.nextInt(block.length)] = (byte) random.nextInt(256);
      }
      read(block);
    }
  }

  /// Thousands of tags, each as long as the whole block and all over the same bytes.
  @Test
  void tagsThatShareTheirBytesCostLittle() {
    var tags = new ArrayList<TestExif.Tag>();
    for (int i = 0; i < 5_000; i++) {
      tags.add(pointer(0xC000 + i, 0));
    }
    var block = TestExif.block(tags, List.of());
    for (int entry = 10; entry < 10 + 12 * 5_000; entry += 12) {
      block[entry + 6] = 0x3A;
    }

    Assertions.assertTimeout(Duration.ofSeconds(5), () -> read(block));
  }

  private static Exif read(byte[] block) {
    return Exif.read(segment(block));
  }
}
