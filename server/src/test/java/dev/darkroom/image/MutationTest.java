package dev.darkroom.image;

import static dev.darkroom.image.TestImages.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to a file, its inspection ends with a verdict, and soon. The decoder is left
/// out, so that only what runs in this process for every node is tried.
class MutationTest {

  private static final int MUTATIONS = 2_000;

  private final ImageInspector inspector =
      new ImageInspector(
          (_, _, _) -> new Decoding.Decoded(MemorySegment.NULL, 0),
          new ImageLimits(100_000_000, 1));

  static Stream<Arguments> images() {
    var exif = TestExif.block(List.of(TestExif.number(0x0112, 6)), List.of());
    return Stream.of(
        arguments("jpeg", TestImages.withExif(TestImages.jpeg(64, 64), exif)),
        arguments("progressive jpeg", TestImages.progressiveJpeg(64, 64)),
        arguments(
            "png",
            TestPng.with(
                16,
                16,
                TestPng.chunk("eXIf", exif),
                TestPng.chunk("zTXt", TestImages.concat(new byte[3], TestPng.deflate(exif))))),
        arguments("lossy webp", TestImages.LOSSY_ALPHA_WEBP),
        arguments(
            "lossless webp",
            TestImages.webp(
                TestImages.vp8x(8, 32, 32),
                TestImages.chunk("VP8L", TestImages.vp8l(32, 32, 5)),
                TestImages.chunk("EXIF", exif))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void endsWithAVerdict(String name, byte[] image) {
    assertThat(inspector.inspect(segment(image))).isInstanceOf(Inspection.Accepted.class);
    var random = new Random(42);
    for (int i = 0; i < MUTATIONS; i++) {
      var mutant = mutate(image, random);

      assertThat(inspector.inspect(MemorySegment.ofArray(mutant))).as("mutation %d", i).isNotNull();
    }
  }

  private static byte[] mutate(byte[] image, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(image, random.nextInt(image.length));
      case 1 -> flip(image, random);
      case 2 -> splice(image, random);
      default -> splice(flip(image, random), random);
    };
  }

  private static byte[] flip(byte[] image, Random random) {
    var flipped = image.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /// Puts one piece of the file in place of another.
  private static byte[] splice(byte[] image, Random random) {
    int from = random.nextInt(image.length);
    int to = random.nextInt(image.length);
    int length = random.nextInt(1 + Math.min(100, image.length - from));
    return TestImages.concat(
        Arrays.copyOf(image, to),
        Arrays.copyOfRange(image, from, from + length),
        Arrays.copyOfRange(image, Math.min(image.length, to + random.nextInt(50)), image.length));
  }
}
