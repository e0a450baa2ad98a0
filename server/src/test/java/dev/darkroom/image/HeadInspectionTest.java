package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.chunk;
import static dev.darkroom.image.TestImages.concat;
import static dev.darkroom.image.TestImages.segment;
import static dev.darkroom.image.TestImages.webp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.image.HeadInspection.Fit;
import dev.darkroom.image.HeadInspection.Rejected;
import dev.darkroom.image.HeadInspection.Undetermined;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the first bytes of an image tell, against what all of them do.
class HeadInspectionTest {

  private static final ImageLimits LIMITS = new ImageLimits(4_000_000, 1024);
  private static final int HEAD = 2_000;
  private static final byte[] LONG_TEXT = new byte[40_000];

  private final ImageInspector inspector =
      new ImageInspector((_, _, _) -> new Decoding.Decoded(MemorySegment.NULL, 0), LIMITS);

  static Stream<Arguments> heads() {
    byte[] behind = new byte[30_000];
    return Stream.of(
        arguments("a JPEG", TestImages.jpeg(1024, 1024), "fit"),
        arguments("a progressive JPEG", TestImages.progressiveJpeg(1024, 1024), "fit"),
        arguments("a small JPEG", TestImages.jpeg(1023, 1024), "image.too-small"),
        arguments(
            "a huge JPEG", sized(TestImages.jpeg(1024, 1024), 0xC0, 3000), "image.too-many-pixels"),
        arguments("a PNG", png(1024, 1024), "fit"),
        arguments("a small PNG", png(1024, 900), "image.too-small"),
        arguments(
            "an animated PNG",
            TestPng.with(
                1024, 1024, TestPng.chunk("acTL", new byte[8]), TestPng.chunk("vpAg", LONG_TEXT)),
            "image.animated"),
        arguments("a WebP", padded(webp(vp8l(1100, 1100, behind))), "fit"),
        arguments("a small WebP", padded(webp(vp8l(1100, 64, behind))), "image.too-small"),
        arguments(
            "an animated WebP",
            webp(TestImages.vp8x(2, 1100, 1100), chunk("ANIM", new byte[6]), chunk("ANMF", behind)),
            "image.animated"),
        arguments(
            "a WebP with much of alpha before its picture",
            webp(TestImages.vp8x(16, 1100, 64), chunk("ALPH", behind)),
            "image.too-small"),
        arguments("a GIF", concat(ascii("GIF89a"), behind), "image.unsupported-format"),
        arguments("a long text", ascii("no image ".repeat(1000)), "image.unsupported-format"),
        arguments(
            "a JPEG with its size behind its metadata",
            TestImages.withSegment(TestImages.jpeg(1024, 1024), 0xE2, LONG_TEXT),
            "undetermined"),
        arguments(
            "a PNG with its picture behind its metadata",
            TestPng.with(64, 64, TestPng.chunk("tEXt", LONG_TEXT)),
            "undetermined"),
        arguments(
            "damage before the cut",
            TestImages.concat(new byte[] {-1, -40, -1, -40}, behind),
            "image.corrupt"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void tell(String name, byte[] image, String expected) {
    assertThat(image.length).isGreaterThan(HEAD);
    assertThat(told(inspector.inspectHead(segment(Arrays.copyOf(image, HEAD)), false)))
        .isEqualTo(expected);
  }

  @Test
  void tellTheSizeAfterTheOrientation() {
    var exif = TestExif.block(List.of(TestExif.number(0x0112, 6)), List.of());
    byte[] image = TestImages.withExif(TestImages.jpeg(1200, 1000), exif);
    var verdict = inspector.inspectHead(segment(Arrays.copyOf(image, HEAD)), false);
    assertThat(verdict).isEqualTo(new Rejected(new ImageFailure.TooSmall(1000, 1200, 1024)));
  }

  @Test
  void areNotTakenForTruncatedImages() {
    byte[] image = TestImages.jpeg(1024, 1024);
    var head = segment(Arrays.copyOf(image, HEAD));
    assertThat(inspector.inspectHead(head, false)).isEqualTo(new Fit());
    assertThat(told(inspector.inspectHead(head, true))).isEqualTo("image.truncated");
  }

  @Test
  void tellNothingWhereTheyAreTooFewToTellWhatItIs() {
    assertThat(inspector.inspectHead(segment(new byte[20]), false)).isEqualTo(new Undetermined());
  }

  static Stream<Arguments> images() {
    return Stream.of(
        arguments("jpeg", TestImages.jpeg(64, 64)),
        arguments("progressive jpeg", TestImages.progressiveJpeg(64, 64)),
        arguments("png", TestPng.with(16, 16, TestPng.chunk("zTXt", new byte[700]))),
        arguments(
            "webp",
            webp(
                TestImages.vp8x(16, 32, 32),
                chunk("ALPH", new byte[900]),
                chunk("VP8L", TestImages.vp8l(32, 32, 5)))));
  }

  /// Whatever is rejected by its head fails as a whole, for the same reason unless what comes
  /// behind is damaged; and what is seen as a whole is judged as a whole.
  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void neverContradictTheWholeImage(String name, byte[] image) {
    var random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      var limits = new ImageLimits(random.nextBoolean() ? 100 : 4_000_000, 1 + random.nextInt(10));
      var any =
          new ImageInspector((_, _, _) -> new Decoding.Decoded(MemorySegment.NULL, 0), limits);
      byte[] mutant = image.clone();
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      Inspection all = any.inspect(segment(mutant));
      assertThat(any.inspectHead(segment(mutant), true)).isEqualTo(expected(all));
      byte[] head = Arrays.copyOf(mutant, random.nextInt(mutant.length));
      switch (any.inspectHead(segment(head), false)) {
        case Rejected(var failure) ->
            assertThat(all)
                .satisfiesAnyOf(
                    whole -> assertThat(whole).isEqualTo(new Inspection.Rejected(failure)),
                    whole -> assertThat(isOfTheRest(whole)).isTrue());
        case Fit _ ->
            assertThat(all instanceof Inspection.Accepted || isOfTheRest(all))
                .as("%s %s", round, all)
                .isTrue();
        case Undetermined _ -> {}
      }
    }
  }

  private static HeadInspection expected(Inspection all) {
    return switch (all) {
      case Inspection.Accepted _ -> new Fit();
      case Inspection.Rejected(var failure) -> new Rejected(failure);
    };
  }

  private static boolean isOfTheRest(Inspection whole) {
    return whole instanceof Inspection.Rejected(var failure)
        && (failure instanceof ImageFailure.Corrupt
            || failure instanceof ImageFailure.Truncated
            || failure instanceof ImageFailure.UnsupportedFormat
            || failure instanceof ImageFailure.Animated
            || failure instanceof ImageFailure.TooManyScans
            || failure instanceof ImageFailure.TooMuchMetadata);
  }

  private static String told(HeadInspection verdict) {
    return switch (verdict) {
      case Fit _ -> "fit";
      case Rejected(var failure) -> failure.type();
      case Undetermined _ -> "undetermined";
    };
  }

  private static byte[] png(int width, int height) {
    return concat(
        TestPng.SIGNATURE,
        TestPng.header(width, height, 8, 2),
        TestPng.chunk("IDAT", new byte[50_000]));
  }

  private static byte[] vp8l(int width, int height, byte[] behind) {
    return chunk("VP8L", concat(TestImages.vp8l(width, height, 5), behind));
  }

  private static byte[] padded(byte[] image) {
    return Arrays.copyOf(image, image.length + 10);
  }

  /// Changes the size in the frame header that begins with `marker`.
  private static byte[] sized(byte[] jpeg, int marker, int side) {
    byte[] changed = jpeg.clone();
    for (int at = 2; at + 9 < changed.length; at++) {
      if ((changed[at] & 0xFF) == 0xFF && (changed[at + 1] & 0xFF) == marker) {
        changed[at + 5] = (byte) (side >> 8);
        changed[at + 6] = (byte) side;
        changed[at + 7] = (byte) (side >> 8);
        changed[at + 8] = (byte) side;
        return changed;
      }
    }
    throw new AssertionError("no frame header");
  }
}
