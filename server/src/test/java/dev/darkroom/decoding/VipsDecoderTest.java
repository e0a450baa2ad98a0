package dev.darkroom.decoding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.Decoding.Damaged;
import dev.darkroom.image.Decoding.Decoded;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import dev.darkroom.image.Redrawing.Redrawn;
import dev.darkroom.image.Redrawing.TooLarge;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.samples.SampleKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pool with the real child and the real libvips; without one these tests are skipped, and say
/// so.
class VipsDecoderTest {

  @TempDir private static Path crashes;
  private static DecoderCommand command;
  private static DecoderPool pool;

  @BeforeAll
  static void start() {
    command = DecoderCommand.of(VipsLocation.ofSystem(), crashes);
    var probe = DecoderProbe.of(command);
    assumeTrue(
        probe instanceof DecoderProbe.Available,
        () -> "NOT TESTED: decoding by libvips. Run `npm ci` in runtime/. " + probe);
    pool = new DecoderPool(command, 1);
  }

  @AfterAll
  static void stop() {
    if (pool != null) pool.close();
  }

  @Test
  void saysWhichLibraryItDecodesWith() {
    var probe = (DecoderProbe.Available) DecoderProbe.of(command);
    assertThat(probe.library()).startsWith("libvips 8.");
  }

  @ParameterizedTest
  @EnumSource
  void decodesEveryKind(SampleKind kind) throws IOException {
    var decoded = (Decoded) decode(SampleImages.of(kind, 1300, 1040), header(kind, 1300, 1040));
    var thumbnail = thumbnail(decoded);
    assertThat(thumbnail.getWidth()).isEqualTo(512);
    assertThat(thumbnail.getHeight()).isBetween(409, 410);
    assertThat(decoded.perceptualHash()).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void tellsThatHalfAnImageIsDamaged(SampleKind kind) {
    byte[] half = SampleImages.truncated(SampleImages.of(kind, 1300, 1040), 0.5);
    assertThat(decode(half, header(kind, 1300, 1040))).isInstanceOf(Damaged.class);
  }

  @Test
  void turnsThePictureAsItsHeaderSays() throws IOException {
    byte[] image = SampleImages.withOrientation(SampleImages.jpeg(1200, 1040), 6);
    var header = new ImageHeader(ImageFormat.JPEG, 1200, 1040, 6, false);
    var thumbnail = thumbnail((Decoded) decode(image, header));
    assertThat(thumbnail.getHeight()).isEqualTo(512);
  }

  @Test
  void takesTheLargestImagesThatTheLimitsLetPass() {
    byte[] jpeg = SampleImages.of(SampleKind.PROGRESSIVE_JPEG, 10_000, 10_000);
    var header = new ImageHeader(ImageFormat.JPEG, 10_000, 10_000, 1, false);
    assertThat(decode(jpeg, header)).isInstanceOf(Decoded.class);
  }

  @ParameterizedTest
  @EnumSource
  void drawsEveryKindAnew(SampleKind kind) throws IOException {
    try (var arena = Arena.ofShared()) {
      byte[] image = SampleImages.of(kind, 300, 200);
      var redrawing = redraw(image, header(kind, 300, 200), new Redraw(1536, 1024, 1 << 24), arena);
      var file = ((Redrawn) redrawing).image().toArray(JAVA_BYTE);
      var picture = ImageIO.read(new ByteArrayInputStream(file));
      assertThat(picture.getWidth()).isEqualTo(1536);
      assertThat(picture.getColorModel().hasAlpha()).isFalse();
    }
  }

  /// Many times as long as the child's heap.
  @Test
  void drawsALargeImageAnew() {
    try (var arena = Arena.ofShared()) {
      byte[] image = SampleImages.of(SampleKind.TRANSPARENT_PNG, 6000, 6000);
      var header = new ImageHeader(ImageFormat.PNG, 6000, 6000, 1, true);
      assertThat(redraw(image, header, new Redraw(6000, 6000, 1 << 28), arena))
          .isInstanceOf(Redrawn.class);
    }
  }

  @Test
  void tellsHowLongAnImageWouldBeThatIsTooLong() {
    try (var arena = Arena.ofShared()) {
      byte[] image = SampleImages.png(1200, 1200);
      var header = header(SampleKind.PNG, 1200, 1200);
      assertThat(redraw(image, header, new Redraw(1200, 1200, 1000), arena))
          .isInstanceOfSatisfying(
              TooLarge.class, tooLarge -> assertThat(tooLarge.bytes()).isGreaterThan(1000));
      assertThat(decode(image, header)).as("the child goes on").isInstanceOf(Decoded.class);
    }
  }

  private static Redrawing redraw(
      byte[] image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    return pool.redraw(MemorySegment.ofArray(image), header, redraw, memory);
  }

  @Test
  void aChildHasNoEnvironmentOfOursAndNoMoreMemoryThanItsShare() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/limits")), "NOT TESTED: there is no /proc here");
    try (var child = DecoderProcess.start(command)) {
      Path process = Path.of("/proc", Long.toString(child.pid()));
      assertThat(Files.readString(process.resolve("environ")).split("\0"))
          .allMatch(entry ->
              entry.startsWith("LC_ALL=")
                  || entry.startsWith("MALLOC_")
                  || entry.startsWith("PWD=")
                  || entry.startsWith("OLDPWD=")
                  || entry.startsWith("_="));
      assertThat(Files.readAllLines(process.resolve("limits")))
          .anyMatch(line -> line.startsWith("Max address space") && !line.contains("unlimited"))
          .anyMatch(line -> line.matches("Max core file size +0 .*"));
    }
  }

  @Test
  void aChildHasNoNetworkWhereThatCanBeTakenFromIt() throws Exception {
    assumeTrue(
        !Confinement.ofSystem().unshare().isEmpty(), "NOT TESTED: unshare does not work here");
    try (var child = DecoderProcess.start(command)) {
      Path devices = Path.of("/proc", Long.toString(child.pid()), "net/dev");
      List<String> interfaces = Files.readAllLines(devices).stream().skip(2).toList();
      assertThat(interfaces).allMatch(line -> line.strip().startsWith("lo:"));
    }
  }

  private static ImageHeader header(SampleKind kind, int width, int height) {
    var format =
        switch (kind.extension()) {
          case "jpg" -> ImageFormat.JPEG;
          case "png" -> ImageFormat.PNG;
          default -> ImageFormat.WEBP;
        };
    return new ImageHeader(format, width, height, 1, false);
  }

  private static Decoding decode(byte[] image, ImageHeader header) {
    return pool.decode(MemorySegment.ofArray(image), header, 512);
  }

  private static BufferedImage thumbnail(Decoded decoded) throws IOException {
    var bytes = decoded.rendition().toArray(JAVA_BYTE);
    try (InputStream input = new ByteArrayInputStream(bytes)) {
      return ImageIO.read(input);
    }
  }
}
