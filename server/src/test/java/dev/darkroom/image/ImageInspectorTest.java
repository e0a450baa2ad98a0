package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.chunk;
import static dev.darkroom.image.TestImages.concat;
import static dev.darkroom.image.TestImages.segment;
import static dev.darkroom.image.TestImages.webp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.decoding.TestDecoder;
import dev.darkroom.failure.Retry;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageInspectorTest {

  private static final ImageLimits LIMITS = new ImageLimits(4_000_000, 1024);

  private final ImageInspector inspector = new ImageInspector(TestDecoder.imageIo(), LIMITS);

  static Stream<Arguments> unfitImages() {
    var jpeg = TestImages.jpeg(1024, 1024);
    var png = TestImages.png(1024, 1024);
    return Stream.of(
        arguments("an empty file", new byte[0], 422, "image.empty"),
        arguments("a GIF", ascii("GIF89a and so on"), 415, "image.unsupported-format"),
        arguments("a page", ascii("<!DOCTYPE html><p>no"), 415, "image.unsupported-format"),
        arguments("noise", new byte[] {1, 2, 3, 4, 5}, 415, "image.unsupported-format"),
        arguments(
            "an animated PNG",
            TestPng.with(1024, 1024, TestPng.chunk("acTL", new byte[8])),
            415,
            "image.animated"),
        arguments(
            "an animated WebP",
            webp(TestImages.vp8x(2, 1024, 1024), chunk("ANIM", new byte[6])),
            415,
            "image.animated"),
        arguments("too many pixels", TestPng.with(1024, 4096), 413, "image.too-many-pixels"),
        arguments("a JPEG cut in half", half(jpeg), 422, "image.truncated"),
        arguments("a PNG cut in half", half(png), 422, "image.truncated"),
        arguments(
            "a WebP cut short", Arrays.copyOf(TestImages.LOSSY_WEBP, 90), 422, "image.truncated"),
        arguments("a PNG with a flipped bit", flip(png, 200), 422, "image.corrupt"),
        arguments("one pixel short", TestImages.png(1023, 1100), 412, "image.too-small"),
        arguments(
            "a whole container, a damaged picture",
            TestPng.of(
                TestPng.header(1024, 1024, 8, 2),
                TestPng.chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 7, 7, 7}),
                TestPng.END),
            422,
            "image.corrupt"));
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] flip(byte[] bytes, int at) {
    var flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  @ParameterizedTest(name = "{0}: {2} {3}")
  @MethodSource("unfitImages")
  void refusesWhatIsNotFit(String name, byte[] image, int status, String type) {
    var failure = failure(inspector, image);

    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.retry()).isEqualTo(Retry.NEVER);
    assertThat(failure.message()).endsWith(".").hasSizeLessThan(300);
  }

  static Stream<Arguments> fitImages() {
    return Stream.of(
        arguments(ImageFormat.JPEG, TestImages.jpeg(1024, 1100)),
        arguments(ImageFormat.JPEG, TestImages.progressiveJpeg(1024, 1100)),
        arguments(ImageFormat.PNG, TestImages.png(1024, 1100)),
        arguments(ImageFormat.WEBP, TestImages.webp(1024, 1100)));
  }

  @ParameterizedTest
  @MethodSource("fitImages")
  void acceptsEachFormat(ImageFormat format, byte[] image) {
    var accepted = accepted(inspector, image);

    assertThat(accepted.header()).isEqualTo(new ImageHeader(format, 1024, 1100, 1, false));
    assertThat(accepted.thumbnail().byteSize()).isPositive();
    assertThat(accepted.exif()).isEmpty();
  }

  @Test
  void keepsTheFactsOfTheCamera() {
    var exif = TestExif.block(List.of(TestExif.text(0x010F, "Darkroom")), List.of());

    var accepted = accepted(inspector, TestImages.withExif(TestImages.jpeg(1024, 1024), exif));

    assertThat(accepted.exif()).containsExactly(Map.entry("make", "Darkroom"));
  }

  @Nested
  class Order {

    @Test
    void damageComesBeforeTheSmallestSize() {
      assertThat(failure(inspector, half(TestImages.jpeg(64, 64))))
          .isInstanceOf(ImageFailure.Truncated.class);
    }

    @Test
    void thePixelLimitComesBeforeDamage() {
      var bomb = TestPng.of(TestPng.header(60_000, 60_000, 8, 6));

      assertThat(failure(inspector, bomb))
          .isEqualTo(new ImageFailure.TooManyPixels(60_000, 60_000, 4_000_000))
          .satisfies(f -> assertThat(f.limit()).isEqualTo(4_000_000))
          .satisfies(f -> assertThat(f.actual()).isEqualTo(3_600_000_000L));
    }

    @Test
    void animationComesBeforeTheSize() {
      assertThat(failure(inspector, webp(TestImages.vp8x(2, 16, 16))))
          .isEqualTo(new ImageFailure.Animated(ImageFormat.WEBP));
    }

    @Test
    void theDecoderSeesNothingThatFailsBefore() {
      var untouched =
          new ImageInspector(
              (_, _, _) -> {
                throw new AssertionError("decoded");
              },
              LIMITS);

      assertThat(unfitImages().limit(12))
          .allSatisfy(row ->
              assertThat(failure(untouched, (byte[]) Objects.requireNonNull(row.get()[1])))
                  .isNotNull());
    }
  }

  @Test
  void measuresTheUprightPicture() {
    var image = TestImages.withExif(TestImages.jpeg(1500, 900), TestExif.orientation(6));

    var failure = failure(inspector, image);

    assertThat(failure).isEqualTo(new ImageFailure.TooSmall(900, 1500, 1024));
    assertThat(failure.message()).contains("900 x 1500").contains("1024 x 1024");
    assertThat(failure.limit()).isEqualTo(1024);
    assertThat(failure.actual()).isEqualTo(900);
  }

  @Test
  void aDecoderThatDiesIsOursAndSaysNothingOfIt() {
    var failure = failure(answering(new Decoding.Fatal("SIGSEGV at /opt/lib/x.so")), png());

    assertThat(failure.type()).isEqualTo("image.decoder-failed");
    assertThat(failure.status()).isEqualTo(500);
    assertThat(failure.message()).doesNotContain("SIGSEGV");
  }

  @Test
  void whatADecoderSaysOfDamageIsFitForAReport() {
    var said = "bad\nblock in /usr/lib/vips.so \u0000" + "x".repeat(500);

    var failure = failure(answering(new Decoding.Damaged(said)), png());

    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.message())
        .startsWith("The image is damaged: bad block in ... xxx")
        .hasSizeLessThan(300);
  }

  @Nested
  class ThumbnailOfARefusedImage {

    @Test
    void isMadeOfOneThatIsOnlyTooSmall() {
      var image = TestImages.withExif(TestImages.jpeg(1500, 900), TestExif.orientation(6));

      var thumbnail = thumbnail(inspector, image).orElseThrow();

      var header = ParsedImage.of(ImageFormat.JPEG, thumbnail).header();
      assertThat(List.of(header.width(), header.height())).isEqualTo(List.of(307, 512));
    }

    @Test
    void isMadeOfNoOther() {
      for (var row : unfitImages().toList()) {
        var image = (byte[]) Objects.requireNonNull(row.get()[1]);
        if (failure(inspector, image) instanceof ImageFailure.TooSmall) continue;
        assertThat(thumbnail(inspector, image)).as("%s", row.get()[0]).isEmpty();
      }
    }

    @Test
    void isNoneWhereTheDecoderFindsDamageOrDies() {
      var small = TestPng.with(64, 64);
      for (Decoding found : List.of(new Decoding.Damaged("holes"), new Decoding.Fatal("SIGSEGV"))) {
        assertThat(failure(answering(found), small)).isInstanceOf(ImageFailure.TooSmall.class);
        assertThat(thumbnail(answering(found), small)).isEmpty();
      }
    }

    private static Optional<MemorySegment> thumbnail(ImageInspector inspector, byte[] image) {
      return inspector.thumbnail(segment(image), failure(inspector, image));
    }
  }

  private static ImageInspector answering(Decoding decoding) {
    return new ImageInspector((_, _, _) -> decoding, LIMITS);
  }

  private static byte[] png() {
    return TestPng.with(1024, 1024);
  }

  private static Inspection.Accepted accepted(ImageInspector inspector, byte[] image) {
    var inspection = inspector.inspect(segment(image));
    assertThat(inspection).isInstanceOf(Inspection.Accepted.class);
    return (Inspection.Accepted) inspection;
  }

  private static ImageFailure failure(ImageInspector inspector, byte[] image) {
    return ((Inspection.Rejected) inspector.inspect(segment(image))).failure();
  }

  @Test
  void takesAnImageOnTheHeapToo() {
    var image = MemorySegment.ofArray(concat(png()));

    assertThat(inspector.inspect(image)).isInstanceOf(Inspection.Accepted.class);
  }
}
