package dev.darkroom.decoder;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.darkroom.decoder.Request.Wanted;
import dev.darkroom.decoder.VipsEncoder.Colour;
import dev.darkroom.decoder.VipsEncoder.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs on the real libvips; without one these tests are skipped, and say so.
class ThumbnailerTest {

  private static final int[][] QUARTERS = {
    {200, 60, 50}, {90, 160, 80}, {60, 90, 160}, {255, 255, 255}
  };

  private static Thumbnailer thumbnailer;
  private static VipsEncoder encoder;

  @BeforeAll
  static void load() {
    try {
      thumbnailer = new Thumbnailer(Vips.load(VipsLocation.ofSystem()));
      encoder = VipsEncoder.load(VipsLocation.ofSystem());
    } catch (VipsUnavailableException e) {
      abort("NOT TESTED: decoding by libvips. Run `npm ci` in runtime/. " + e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JPEG | PLAIN | .jpg[Q=90] | 6",
        "JPEG | PLAIN | .jpg[Q=90,interlace] | 6",
        "JPEG | DISPLAY_P3 | .jpg[Q=95] | 6",
        "JPEG | CMYK | .jpg[Q=95] | 30",
        "JPEG | CMYK_WITH_PROFILE | .jpg[Q=95] | 30",
        "JPEG | CMYK_WITH_PROFILE | .jpg[Q=95,interlace] | 30",
        "PNG | PLAIN | .png | 6",
        "PNG | PLAIN | .png[interlace] | 6",
        "PNG | PLAIN | .png[palette] | 6",
        "PNG | SIXTEEN_BIT | .png | 6",
        "PNG | SIXTEEN_BIT | .png[interlace] | 6",
        "PNG | DISPLAY_P3 | .png | 6",
        "WEBP | PLAIN | .webp[Q=90] | 8",
        "WEBP | PLAIN | .webp[lossless] | 6",
        "WEBP | DISPLAY_P3 | .webp[lossless] | 6",
      })
  void keepsTheColours(EncodedFormat format, Colour colour, String suffix, int tolerance)
      throws Exception {
    byte[] image = encoder.encode(quarters(1200, 1100, 3), colour, suffix);
    var thumbnail = thumbnail(format, 1, 1200, 1100, image);
    assertThat(thumbnail.getWidth()).isEqualTo(512);
    assertThat(thumbnail.getHeight()).isBetween(469, 470);
    for (int quarter = 0; quarter < 4; quarter++) {
      assertColour(thumbnail, quarter, QUARTERS[quarter], tolerance);
    }
  }

  @Test
  void aWideGamutPictureWithoutItsProfileWouldLookDifferent() throws Exception {
    // Else the test above would prove nothing: P3's numbers for this red are not sRGB's.
    byte[] image = encoder.encode(quarters(600, 600, 3), Colour.DISPLAY_P3, ".jpg[Q=95,strip]");
    int red = thumbnail(EncodedFormat.JPEG, 1, 600, 600, image).getRGB(100, 100) >> 16 & 0xff;
    assertThat(red).isLessThan(193);
  }

  @Test
  void blendsTransparencyWithBlack() throws Exception {
    for (String suffix : new String[] {".png", ".webp[lossless]"}) {
      var format = suffix.startsWith(".png") ? EncodedFormat.PNG : EncodedFormat.WEBP;
      byte[] image = encoder.encode(quarters(1024, 1024, 4), Colour.PLAIN, suffix);
      var thumbnail = thumbnail(format, 1, 1024, 1024, image);
      assertColour(thumbnail, 0, new int[] {100, 30, 25}, 6);
      assertColour(thumbnail, 3, new int[] {128, 128, 128}, 6);
    }
  }

  @Test
  void blendsTransparencyOfSixteenBitsWithBlack() throws Exception {
    byte[] image = encoder.encode(quarters(1024, 1024, 4), Colour.SIXTEEN_BIT, ".png");
    var thumbnail = thumbnail(EncodedFormat.PNG, 1, 1024, 1024, image);
    assertColour(thumbnail, 3, new int[] {128, 128, 128}, 6);
  }

  @Test
  void makesGreyAThumbnailOfThreeBands() throws Exception {
    for (String suffix : new String[] {".jpg", ".png"}) {
      var format = suffix.equals(".jpg") ? EncodedFormat.JPEG : EncodedFormat.PNG;
      byte[] image = encoder.encode(quarters(1024, 1024, 1), Colour.PLAIN, suffix);
      var thumbnail = thumbnail(format, 1, 1024, 1024, image);
      assertThat(thumbnail.getRaster().getNumBands()).isEqualTo(3);
      assertColour(thumbnail, 1, new int[] {160, 160, 160}, 4);
    }
  }

  /// Which quarter of the stored picture comes to the upper left of the upright one.
  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "3,3", "4,2", "5,0", "6,2", "7,3", "8,1"})
  void turnsThePictureUpright(int orientation, int quarter) throws Exception {
    byte[] image = encoder.encode(quarters(1200, 800, 3), Colour.PLAIN, ".jpg[Q=90]");
    var thumbnail = thumbnail(EncodedFormat.JPEG, orientation, 1200, 800, image);
    boolean upended = orientation >= 5;
    assertThat(thumbnail.getWidth() < thumbnail.getHeight()).isEqualTo(upended);
    assertColour(thumbnail, 0, QUARTERS[quarter], 6);
  }

  @Test
  void neverEnlarges() throws Exception {
    byte[] image = encoder.encode(quarters(300, 200, 3), Colour.PLAIN, ".webp");
    var thumbnail = thumbnail(EncodedFormat.WEBP, 1, 300, 200, image);
    assertThat(thumbnail.getWidth()).isEqualTo(300);
    assertThat(thumbnail.getHeight()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "512,511,1",
    "512,1023,1",
    "512,1024,2",
    "2040,2040,2",
    "100,2048,4",
    "4096,4096,8",
    "40000,8,8",
    // The last block's rows must not all fall away.
    "1024,1025,1",
    "1024,1026,2",
    "4096,2049,1",
    "4096,2050,2",
    "4096,2052,4",
    "4096,2056,8",
  })
  void shrinksWhileLoadingOnlyAsFarAsIsSafe(int width, int height, int shrink) {
    assertThat(Thumbnailer.jpegShrink(width, height, 512)).isEqualTo(shrink);
  }

  @ParameterizedTest
  @CsvSource({"2048,2048,2", "4096,4096,4", "8192,8192,8", "1536,1024,1", "8192,8194,2"})
  void aLargerRenditionIsShrunkLessWhileLoading(int width, int height, int shrink) {
    assertThat(Thumbnailer.jpegShrink(width, height, 1024)).isEqualTo(shrink);
  }

  @ParameterizedTest
  @CsvSource({"JPEG,.jpg,1024,683", "PNG,.png,1024,683", "WEBP,.webp,1024,683", "JPEG,.jpg,64,43"})
  void makesARenditionOfTheLongSideThatIsAskedFor(
      EncodedFormat format, String suffix, int width, int height) throws Exception {
    byte[] image = encoder.encode(quarters(1536, 1024, 3), Colour.PLAIN, suffix);
    var reply = decode(new Request(format, 6, 1536, 1024, width, image.length), image);
    var rendition = picture(reply);
    assertThat(rendition.getHeight()).isEqualTo(width);
    assertThat(rendition.getWidth()).isBetween(height - 1, height);
    assertColour(rendition, 0, QUARTERS[2], 8);
  }

  @Test
  void theLargestRenditionOfNoiseFitsIntoAReply() throws Exception {
    byte[] image = encoder.encode(whiteNoise(2048), Colour.PLAIN, ".png[compression=1]");
    var reply = decode(new Request(EncodedFormat.PNG, 1, 2048, 2048, 2048, image.length), image);
    assertThat(((Reply.Decoded) reply).rendition().byteSize()).isLessThan(3 << 20);
  }

  @Test
  void givesOneHashToOnePictureInEveryFormatAndSize() throws Exception {
    long hash = hash(EncodedFormat.JPEG, 1600, ".jpg[Q=92]");
    assertThat(distance(hash, hash(EncodedFormat.PNG, 1024, ".png"))).isLessThanOrEqualTo(4);
    assertThat(distance(hash, hash(EncodedFormat.WEBP, 1200, ".webp"))).isLessThanOrEqualTo(4);
    byte[] other = encoder.encode(quarters(1024, 1024, 3), Colour.PLAIN, ".png");
    var quarters = (Reply.Decoded) decode(EncodedFormat.PNG, 1, 1024, 1024, other);
    assertThat(distance(hash, quarters.perceptualHash())).isGreaterThan(10);
  }

  /// The last rows too: sizes that no reduction divides.
  @ParameterizedTest
  @CsvSource({
    "1024,1024",
    "1024,1025",
    "1031,1027",
    "1024,1537",
    "1024,2050",
    "1024,3001",
    "3001,1026",
    "2200,515",
  })
  void refusesAnImageThatEndsTooEarly(int width, int height) throws Exception {
    String[] suffixes = {
      ".jpg",
      ".jpg[interlace]",
      ".png[compression=1]",
      ".png[compression=1,interlace]",
      ".webp[effort=0]",
      ".webp[lossless,effort=0]"
    };
    for (String suffix : suffixes) {
      byte[] image = encoder.encode(noise(width, height), Colour.PLAIN, suffix);
      // In a PNG the last 16 bytes are a checksum and an empty chunk, which the sniffing reads.
      int tail = suffix.startsWith(".png") ? 40 : 3;
      for (int length : new int[] {image.length / 10, image.length / 2, image.length - tail}) {
        byte[] cut = Arrays.copyOf(image, length);
        for (int longSide : new int[] {512, 1024}) {
          assertThat(decode(new Request(format(suffix), 1, width, height, longSide, length), cut))
              .as("%s of %d rows, %d of %d bytes", suffix, height, length, image.length)
              .isInstanceOf(Reply.Damaged.class);
        }
      }
    }
  }

  /// The later half of a progressive JPEG refines what is there already, and takes any bits.
  @ParameterizedTest
  @CsvSource({".jpg,0.8", ".jpg[interlace],0.4", "'.jpg[restart_interval=4]',0.8", ".png,0.8"})
  void refusesAnImageWithAHole(String suffix, double last) throws Exception {
    byte[] image = encoder.encode(noise(1100, 1050), Colour.PLAIN, suffix);
    for (double place : new double[] {last / 3, last / 2, last}) {
      byte[] holed = image.clone();
      int at = (int) (image.length * place);
      Arrays.fill(holed, at, at + 4000, (byte) 0x55);
      assertThat(decode(format(suffix), 1, 1100, 1050, holed))
          .as("%s at %s", suffix, place)
          .isInstanceOf(Reply.Damaged.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JPEG | PLAIN | .jpg[Q=95] | 1 | 6",
        "JPEG | PLAIN | .jpg[Q=95] | 6 | 6",
        "JPEG | DISPLAY_P3 | .jpg[Q=95] | 3 | 6",
        "JPEG | CMYK_WITH_PROFILE | .jpg[Q=95] | 1 | 30",
        "JPEG | CMYK | .jpg[Q=95] | 1 | 30",
        "PNG | PLAIN | .png | 8 | 2",
        "PNG | PLAIN | .png[palette] | 1 | 6",
        "PNG | SIXTEEN_BIT | .png | 1 | 2",
        "PNG | SIXTEEN_BIT | .png[interlace] | 5 | 2",
        "PNG | DISPLAY_P3 | .png | 2 | 6",
        "WEBP | PLAIN | .webp[lossless] | 7 | 2",
        "WEBP | PLAIN | .webp[Q=95] | 1 | 8",
      })
  void drawsAPictureAnewUprightAndOfTheSizeThatIsAskedFor(
      EncodedFormat format, Colour colour, String suffix, int orientation, int tolerance)
      throws Exception {
    byte[] image = encoder.encode(quarters(390, 260, 3), colour, suffix);
    boolean upended = orientation >= 5;
    var whole = upended ? whole(1024, 1536) : whole(1536, 1024);
    byte[] file = redrawn(new Request(format, orientation, 390, 260, whole, image.length), image);
    assertThat(isJpeg(file)).isEqualTo(format == EncodedFormat.JPEG);
    assertThat(new String(file, StandardCharsets.ISO_8859_1))
        .doesNotContain("Exif", "ICC_PROFILE", "iCCP");
    var picture = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(picture.getWidth()).isEqualTo(whole.width());
    assertThat(picture.getHeight()).isEqualTo(whole.height());
    assertThat(picture.getRaster().getNumBands()).isEqualTo(3);
    assertThat(picture.getSampleModel().getSampleSize(0)).isEqualTo(8);
    int[] stored = {0, 1, 3, 2, 0, 2, 3, 1};
    assertColour(picture, 0, QUARTERS[stored[orientation - 1]], tolerance);
  }

  @Test
  void drawsBlackWhatIsTransparent() throws Exception {
    for (String suffix : new String[] {".png", ".webp[lossless]"}) {
      byte[] image = encoder.encode(quarters(1200, 1024, 4), Colour.PLAIN, suffix);
      var request = new Request(format(suffix), 1, 1200, 1024, whole(1200, 1024), image.length);
      var picture = ImageIO.read(new ByteArrayInputStream(redrawn(request, image)));
      assertThat(picture.getColorModel().hasAlpha()).isFalse();
      assertColour(picture, 0, new int[] {100, 30, 25}, 6);
      assertColour(picture, 3, new int[] {128, 128, 128}, 6);
    }
  }

  /// Whatever lies between two quarters, nothing else comes in at the edges.
  @Test
  void drawsEnlargedPicturesUpToTheirEdges() throws Exception {
    byte[] image = encoder.encode(quarters(256, 256, 3), Colour.PLAIN, ".png");
    var request = new Request(EncodedFormat.PNG, 1, 256, 256, whole(1024, 1024), image.length);
    var picture = ImageIO.read(new ByteArrayInputStream(redrawn(request, image)));
    assertThat(picture.getRGB(1023, 1023) & 0xffffff).isEqualTo(0xffffff);
    assertThat(picture.getRGB(0, 0) & 0xffffff).isEqualTo(0xc83c32);
  }

  @Test
  void drawsAPngWhereAJpegCannotBeSoLong() throws Exception {
    byte[] image = encoder.encode(quarters(20_000, 30, 3), Colour.PLAIN, ".jpg");
    var request = new Request(EncodedFormat.JPEG, 1, 20_000, 30, whole(66_000, 99), image.length);
    assertThat(isJpeg(redrawn(request, image))).isFalse();
  }

  @Test
  void saysHowLongAFileIsThatIsTooLong() throws Exception {
    byte[] image = encoder.encode(whiteNoise(300), Colour.PLAIN, ".png");
    var whole = new Wanted.Whole(300, 300, 1000);
    var reply = decode(new Request(EncodedFormat.PNG, 1, 300, 300, whole, image.length), image);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.TooLarge.class, tooLarge -> assertThat(tooLarge.bytes()).isGreaterThan(200_000));
  }

  @Test
  void drawsNothingFromADamagedImage() throws Exception {
    byte[] image = encoder.encode(noise(600, 600), Colour.PLAIN, ".jpg");
    byte[] cut = Arrays.copyOf(image, image.length / 2);
    var request = new Request(EncodedFormat.JPEG, 1, 600, 600, whole(1024, 1024), image.length / 2);
    assertThat(decode(request, cut)).isInstanceOf(Reply.Damaged.class);
  }

  private static Wanted.Whole whole(int width, int height) {
    return new Wanted.Whole(width, height, 1 << 28);
  }

  private static boolean isJpeg(byte[] file) {
    return file[0] == (byte) 0xff && file[1] == (byte) 0xd8;
  }

  private static byte[] redrawn(Request request, byte[] image) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(image.length);
      memory.copyFrom(MemorySegment.ofArray(image));
      var reply = thumbnailer.decode(request, memory, arena);
      assertThat(reply).isInstanceOf(Reply.Redrawn.class);
      return ((Reply.Redrawn) reply).image().toArray(JAVA_BYTE);
    }
  }

  @Test
  void refusesWhatIsNoImageAndGoesOn() throws Exception {
    for (var format : EncodedFormat.values()) {
      for (int length : new int[] {0, 1, 100, 100_000}) {
        byte[] junk = new byte[length];
        new Random(length).nextBytes(junk);
        var reply = decode(format, 1, 1024, 1024, junk);
        assertThat(reply).isInstanceOf(Reply.Damaged.class);
        assertThat(((Reply.Damaged) reply).detail()).isNotBlank().hasSizeLessThan(400);
      }
    }
    byte[] image = encoder.encode(quarters(1024, 1024, 3), Colour.PLAIN, ".png");
    assertThat(decode(EncodedFormat.PNG, 1, 1024, 1024, image)).isInstanceOf(Reply.Decoded.class);
  }

  @Test
  void readsOneFormatByItsOwnLoaderOnly() throws Exception {
    byte[] png = encoder.encode(quarters(600, 600, 3), Colour.PLAIN, ".png");
    assertThat(decode(EncodedFormat.JPEG, 1, 600, 600, png)).isInstanceOf(Reply.Damaged.class);
  }

  /// As some cameras write it: scan parameters that only a progressive file may have.
  @Test
  void takesASoundFileThatLibjpegWarnsOf() throws Exception {
    byte[] image = encoder.encode(quarters(1024, 1024, 3), Colour.PLAIN, ".jpg");
    int scan = indexOf(image, new byte[] {(byte) 0xff, (byte) 0xda});
    int lengthOfSegment = image[scan + 3];
    image[scan + 2 + lengthOfSegment - 2] = 0;
    assertThat(decode(EncodedFormat.JPEG, 1, 1024, 1024, image)).isInstanceOf(Reply.Decoded.class);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) return i;
    }
  }

  private static long hash(EncodedFormat format, int size, String suffix) throws Exception {
    byte[] image = encoder.encode(waves(size), Colour.PLAIN, suffix);
    return ((Reply.Decoded) decode(format, 1, size, size, image)).perceptualHash();
  }

  private static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }

  private static EncodedFormat format(String suffix) {
    return switch (suffix.charAt(1)) {
      case 'j' -> EncodedFormat.JPEG;
      case 'p' -> EncodedFormat.PNG;
      default -> EncodedFormat.WEBP;
    };
  }

  private static BufferedImage thumbnail(
      EncodedFormat format, int orientation, int width, int height, byte[] image)
      throws IOException {
    return picture(decode(format, orientation, width, height, image));
  }

  private static BufferedImage picture(Reply reply) throws IOException {
    assertThat(reply).isInstanceOf(Reply.Decoded.class);
    byte[] jpeg = ((Reply.Decoded) reply).rendition().toArray(JAVA_BYTE);
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private static Reply decode(
      EncodedFormat format, int orientation, int width, int height, byte[] image) {
    return decode(new Request(format, orientation, width, height, 512, image.length), image);
  }

  private static Reply decode(Request request, byte[] image) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(image.length);
      memory.copyFrom(MemorySegment.ofArray(image));
      return thumbnailer.decode(request, memory, arena);
    }
  }

  /// Compares the middle of a quarter: 0 upper left, 1 upper right, 2 lower left, 3 lower right.
  private static void assertColour(
      BufferedImage picture, int quarter, int[] expected, int tolerance) {
    int x = picture.getWidth() * (1 + 2 * (quarter % 2)) / 4;
    int y = picture.getHeight() * (1 + 2 * (quarter / 2)) / 4;
    int colour = picture.getRGB(x, y);
    for (int band = 0; band < 3; band++) {
      assertThat(colour >> (16 - 8 * band) & 0xff)
          .as("band %d of quarter %d", band, quarter)
          .isCloseTo(expected[band], within(tolerance));
    }
  }

  interface Sample {
    int at(int x, int y, int band);
  }

  private static Pixels pixels(int width, int height, int bands, Sample sample) {
    byte[] samples = new byte[width * height * bands];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / bands;
      samples[i] = (byte) sample.at(pixel % width, pixel / width, i % bands);
    }
    return new Pixels(width, height, bands, MemorySegment.ofArray(samples));
  }

  /// Red, green, blue and white; half transparent with four bands; with one, the green alone.
  private static Pixels quarters(int width, int height, int bands) {
    return pixels(
        width,
        height,
        bands,
        (x, y, band) -> {
          if (band == 3) return 128;
          int[] colour = QUARTERS[2 * (2 * y / height) + 2 * x / width];
          return colour[bands == 1 ? 1 : band];
        });
  }

  private static Pixels noise(int width, int height) {
    var random = new Random(3);
    return pixels(width, height, 3, (x, y, _) -> (x + y) / 20 + random.nextInt(60));
  }

  private static Pixels whiteNoise(int size) {
    var random = new Random(5);
    return pixels(size, size, 3, (_, _, _) -> random.nextInt(256));
  }

  private static Pixels waves(int size) {
    return pixels(
        size,
        size,
        3,
        (x, y, _) ->
            (int) (128 + 60 * Math.sin(9.0 * x / size) + 60 * Math.cos(14.0 * (x + y) / size)));
  }
}
