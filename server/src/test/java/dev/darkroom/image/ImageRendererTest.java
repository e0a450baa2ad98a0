package dev.darkroom.image;

import static dev.darkroom.image.TestImages.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.decoding.TestDecoder;
import dev.darkroom.failure.FailureException;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.samples.SampleKind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Renditions by the real decoders; those by libvips are skipped where there is none.
class ImageRendererTest {

  enum By {
    LIBVIPS,
    IMAGE_IO
  }

  @TempDir private static Path crashes;
  private static final Map<By, Decoder> DECODERS = new EnumMap<>(By.class);

  @BeforeAll
  static void start() {
    DECODERS.put(By.IMAGE_IO, TestDecoder.imageIo());
    TestDecoder.vips(crashes).ifPresent(decoder -> DECODERS.put(By.LIBVIPS, decoder));
  }

  @AfterAll
  static void stop() {
    DECODERS.values().forEach(Decoder::close);
  }

  @ParameterizedTest
  @CsvSource({
    "LIBVIPS, 1024, 1024, 683",
    "IMAGE_IO, 1024, 1024, 683",
    "LIBVIPS, 100, 100, 67",
    "IMAGE_IO, 100, 100, 67"
  })
  void hasTheLongSideThatIsAskedFor(By by, int longSide, int width, int height) throws IOException {
    var rendition = render(by, TestImages.jpeg(1536, 1024), longSide);
    assertThat(rendition.getWidth()).isEqualTo(width);
    assertThat(rendition.getHeight()).isCloseTo(height, within(1));
  }

  @ParameterizedTest
  @EnumSource
  void isNeverEnlarged(By by) throws IOException {
    var rendition = render(by, TestImages.png(40, 30), 1024);
    assertThat(rendition.getWidth()).isEqualTo(40);
    assertThat(rendition.getHeight()).isEqualTo(30);
    assertThat(render(by, TestImages.png(1, 1), 1024).getWidth()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void isUpright(By by) throws IOException {
    var turned = TestImages.withExif(TestImages.jpeg(1536, 1200), TestExif.orientation(6));
    var rendition = render(by, turned, 1024);
    assertThat(rendition.getHeight()).isEqualTo(1024);
    // The quarters blue, red, white, green: what lay on its left side stands up.
    assertColour(rendition, 0, Color.BLUE);
    assertColour(rendition, 1, Color.RED);
  }

  @ParameterizedTest
  @EnumSource
  void isBlackBehindTransparency(By by) throws IOException {
    var image = new BufferedImage(1200, 1200, BufferedImage.TYPE_INT_ARGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 600, 1200);
    graphics.dispose();
    var rendition = render(by, TestImages.encode(image, "png"), 1024);
    assertColour(rendition, 0, Color.WHITE);
    assertColour(rendition, 1, Color.BLACK);
  }

  @ParameterizedTest
  @EnumSource
  void isInRgbWhereTheImageIsInFourInks(By by) throws IOException {
    assumeTrue(SampleImages.canMake(SampleKind.CMYK_JPEG), "NOT TESTED: CMYK needs libvips");
    var rendition = render(by, SampleImages.patches(SampleKind.CMYK_JPEG, 1300, 1100), 1024);
    assertThat(rendition.getRaster().getNumBands()).isEqualTo(3);
    assertThat(rendition.getWidth()).isEqualTo(1024);
    assertColour(rendition, 3, Color.WHITE);
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatTheBytesHaveLost(By by) {
    var jpeg = TestImages.jpeg(1100, 1100);
    assertThat(failure(by, new byte[0]).type()).isEqualTo("image.unsupported-format");
    assertThat(failure(by, Arrays.copyOf(jpeg, jpeg.length / 2)).type())
        .isEqualTo("image.truncated");
    var hollow =
        TestPng.of(TestPng.header(1024, 1024, 8, 2), TestPng.data(40, 3 * 1024, 0x55), TestPng.END);
    assertThat(failure(by, hollow).type()).isEqualTo("image.corrupt");
  }

  @Test
  void saysThatTheDecoderFailed() {
    var renderer = new ImageRenderer((_, _, _) -> new Decoding.Fatal("it died"));
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> renderer.jpeg(segment(TestImages.png(8, 8)), 1024))
        .extracting(e -> e.failure().type())
        .isEqualTo("image.decoder-failed");
  }

  @Test
  void hasASizeThatDecodersMake() {
    var renderer = new ImageRenderer(Objects.requireNonNull(DECODERS.get(By.IMAGE_IO)));
    assertThatIllegalArgumentException().isThrownBy(() -> renderer.jpeg(MemorySegment.NULL, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> renderer.jpeg(MemorySegment.NULL, 2049));
  }

  private static ImageFailure failure(By by, byte[] image) {
    var renderer = new ImageRenderer(decoder(by));
    try {
      var _ = renderer.jpeg(segment(image), 1024);
    } catch (FailureException e) {
      return (ImageFailure) e.failure();
    }
    throw new AssertionError("rendered");
  }

  private static BufferedImage render(By by, byte[] image, int longSide) throws IOException {
    var jpeg = new ImageRenderer(decoder(by)).jpeg(segment(image), longSide);
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private static Decoder decoder(By by) {
    assumeTrue(DECODERS.containsKey(by), "NOT TESTED: renditions by libvips");
    return Objects.requireNonNull(DECODERS.get(by));
  }

  /// Compares the middle of a quarter: 0 upper left, 1 upper right, 2 lower left, 3 lower right.
  private static void assertColour(BufferedImage picture, int quarter, Color expected) {
    int x = picture.getWidth() * (1 + 2 * (quarter % 2)) / 4;
    int y = picture.getHeight() * (1 + 2 * (quarter / 2)) / 4;
    var colour = new Color(picture.getRGB(x, y));
    assertThat(colour.getRed()).isCloseTo(expected.getRed(), within(12));
    assertThat(colour.getGreen()).isCloseTo(expected.getGreen(), within(12));
    assertThat(colour.getBlue()).isCloseTo(expected.getBlue(), within(12));
  }
}
