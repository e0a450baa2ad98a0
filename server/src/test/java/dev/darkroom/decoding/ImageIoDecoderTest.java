package dev.darkroom.decoding;

import static dev.darkroom.image.TestImages.segment;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import dev.darkroom.image.TestExif;
import dev.darkroom.image.TestImages;
import dev.darkroom.image.TestPng;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIoDecoderTest {

  private final ImageIoDecoder decoder = new ImageIoDecoder();

  /// Which colours a viewer sees in the quarters of the upright picture (EXIF 2.32, 4.6.5, tag
  /// 0x0112), where the file stores red, green, blue, white.
  @ParameterizedTest
  @CsvSource({
    "1, RGBW, 512, 341",
    "2, GRWB, 512, 341",
    "3, WBGR, 512, 341",
    "4, BWRG, 512, 341",
    "5, RBGW, 341, 512",
    "6, BRWG, 341, 512",
    "7, WGBR, 341, 512",
    "8, GWRB, 341, 512"
  })
  void turnsTheThumbnailUpright(int orientation, String quarters, int width, int height)
      throws IOException {
    var jpeg = TestImages.withExif(TestImages.jpeg(1536, 1024), TestExif.orientation(orientation));

    var thumbnail = thumbnail(jpeg, orientation);

    assertThat(thumbnail.getWidth()).isEqualTo(width);
    assertThat(thumbnail.getHeight()).isEqualTo(height);
    assertThat(quarters(thumbnail)).isEqualTo(quarters);
  }

  static Stream<Arguments> codings() {
    int rgb = BufferedImage.TYPE_INT_RGB;
    int palette = BufferedImage.TYPE_BYTE_INDEXED;
    return Stream.of(
        arguments("JPEG", TestImages.jpeg(64, 64)),
        arguments("progressive JPEG", TestImages.progressiveJpeg(64, 64)),
        arguments("PNG", TestImages.encode(TestImages.picture(64, 64, rgb), "png")),
        arguments("PNG palette", TestImages.encode(TestImages.picture(64, 64, palette), "png")),
        arguments("PNG of 16 bits", TestImages.encode(sixteenBits(), "png")),
        arguments("lossy WebP", TestImages.LOSSY_WEBP),
        arguments("lossless WebP", TestImages.LOSSLESS_WEBP));
  }

  private static BufferedImage sixteenBits() {
    var model =
        new java.awt.image.ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            java.awt.Transparency.OPAQUE,
            java.awt.image.DataBuffer.TYPE_USHORT);
    var image = new BufferedImage(model, model.createCompatibleWritableRaster(64, 64), false, null);
    image
        .createGraphics()
        .drawImage(TestImages.picture(64, 64, BufferedImage.TYPE_INT_RGB), 0, 0, null);
    return image;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codings")
  void showsTheColoursOfEveryCoding(String name, byte[] image) throws IOException {
    assertThat(quarters(thumbnail(image, 1))).isEqualTo("RGBW");
  }

  @Test
  void predictsALossyWebpFromUnfilteredNeighbours() throws IOException {
    var thumbnail = thumbnail(TestImages.FILTERED_WEBP, 1);

    assertThat(new Color(thumbnail.getRGB(2, 2)).getBlue()).isBetween(0xB0, 0xD2);
    assertThat(new Color(thumbnail.getRGB(29, 30)).getRed()).isBetween(0x28, 0x58);
  }

  @Nested
  class Transparency {

    @Test
    void becomesBlack() throws IOException {
      var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
      var graphics = image.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, 32, 64);
      graphics.dispose();

      assertThat(quarters(thumbnail(TestImages.encode(image, "png"), 1))).isEqualTo("WKWK");
    }

    @Test
    void halfOfItHalvesTheLight() throws IOException {
      var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
      var graphics = image.createGraphics();
      graphics.setColor(new Color(255, 255, 255, 128));
      graphics.fillRect(0, 0, 64, 64);
      graphics.dispose();

      assertThat(grey(thumbnail(TestImages.encode(image, "png"), 1))).isBetween(124, 132);
    }

    @Test
    void ofAWebpBecomesBlack() throws IOException {
      assertThat(quarters(thumbnail(TestImages.LOSSY_ALPHA_WEBP, 1))).isEqualTo("RGBK");
      assertThat(quarters(thumbnail(TestImages.LOSSLESS_ALPHA_WEBP, 1))).isEqualTo("RGBK");
    }

    @Test
    void byAColourOfThePngBecomesBlack() throws IOException {
      var opaque = TestPng.with(64, 64);
      var transparent =
          TestPng.with(64, 64, TestPng.chunk("tRNS", new byte[] {0, 0x55, 0, 0x55, 0, 0x55}));

      assertThat(grey(thumbnail(opaque, 1))).isBetween(0x51, 0x59);
      assertThat(grey(thumbnail(transparent, 1))).isLessThan(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void keepsAGreyAsDarkAsItIs(int depth) throws IOException {
    var png =
        TestPng.of(
            TestPng.header(64, 64, depth, 0), TestPng.data(64, 64 * depth / 8, 0x80), TestPng.END);

    assertThat(grey(thumbnail(png, 1))).isBetween(0x7C, 0x84);
  }

  @Test
  void keepsTheGreyOfAJpeg() throws IOException {
    var image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(
        ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) 0x80);

    assertThat(grey(thumbnail(TestImages.encode(image, "jpeg"), 1))).isBetween(0x7C, 0x84);
  }

  @Nested
  class Profiles {

    /// 0x37 of linear light looks like 0x80 of sRGB.
    private static final int LINEAR = 0x37;

    private final byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

    @Test
    void ofAPngLeadToSrgb() throws IOException {
      var iccp = TestImages.concat(TestImages.ascii("linear\0\0"), TestPng.deflate(profile));
      var png =
          TestPng.of(
              TestPng.header(64, 64, 8, 2),
              TestPng.chunk("iCCP", iccp),
              TestPng.data(64, 3 * 64, LINEAR),
              TestPng.END);

      assertThat(grey(thumbnail(png, 1))).isBetween(0x7A, 0x86);
    }

    @Test
    void ofAJpegLeadToSrgb() throws IOException {
      var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      var graphics = image.createGraphics();
      graphics.setColor(new Color(LINEAR, LINEAR, LINEAR));
      graphics.fillRect(0, 0, 64, 64);
      graphics.dispose();
      var segment = TestImages.concat(TestImages.ascii("ICC_PROFILE\0\u0001\u0001"), profile);
      var jpeg = TestImages.withSegment(TestImages.encode(image, "jpeg"), 0xE2, segment);

      assertThat(grey(thumbnail(jpeg, 1))).isBetween(0x7A, 0x86);
    }

    @Test
    void ofAWebpLeadToSrgb() throws IOException {
      var webp =
          TestImages.webp(
              TestImages.vp8x(0x20, 64, 64),
              TestImages.chunk("ICCP", profile),
              TestImages.chunk("VP8L", TestImages.vp8l(64, 64, LINEAR * 0x010101)));

      assertThat(grey(thumbnail(webp, 1))).isBetween(0x7A, 0x86);
    }

    @Test
    void thatAreBrokenCountAsSrgb() throws IOException {
      var iccp = TestImages.concat(TestImages.ascii("x\0\0"), TestPng.deflate(new byte[200]));
      var png = TestPng.with(64, 64, TestPng.chunk("iCCP", iccp));

      assertThat(grey(thumbnail(png, 1))).isBetween(0x51, 0x59);
    }
  }

  @Nested
  class FourInks {

    private static final byte[] ADOBE_CMYK =
        TestImages.concat(TestImages.ascii("Adobe"), new byte[] {0, 100, 0, 0, 0, 0, 0});

    @Test
    void areMixedToRgb() throws IOException {
      var thumbnail = thumbnail(cmyk(new int[] {0, 255, 255, 255}), 1);

      var colour = new Color(thumbnail.getRGB(32, 32));
      assertThat(colour.getRed()).isLessThan(90);
      assertThat(colour.getGreen()).isGreaterThan(120);
      assertThat(colour.getBlue()).isGreaterThan(180);
    }

    @Test
    void withoutInkArePaper() throws IOException {
      assertThat(grey(thumbnail(cmyk(new int[] {255, 255, 255, 255}), 1))).isGreaterThan(245);
    }

    /// Adobe stores how much ink is missing.
    private static byte[] cmyk(int[] missingInks) throws IOException {
      var raster = Raster.createInterleavedRaster(0, 64, 64, 4, null);
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          raster.setPixel(x, y, missingInks);
        }
      }
      var writers = ImageIO.getImageWritersByFormatName("jpeg");
      var writer = writers.next();
      var bytes = new ByteArrayOutputStream();
      try (var output = new MemoryCacheImageOutputStream(bytes)) {
        writer.setOutput(output);
        writer.write(null, new IIOImage(raster, List.of(), null), null);
      } finally {
        writer.dispose();
      }
      return TestImages.withSegment(bytes.toByteArray(), 0xEE, ADOBE_CMYK);
    }
  }

  @Nested
  class Damage {

    @Test
    void inTheMiddleOfAJpegIsFound() {
      var jpeg = noise("jpeg");
      int middle = jpeg.length / 2;
      var torn =
          TestImages.concat(
              Arrays.copyOf(jpeg, middle), Arrays.copyOfRange(jpeg, middle + 2000, jpeg.length));

      assertThat(decode(torn, 1)).isInstanceOf(Decoding.Damaged.class);
    }

    @Test
    void atTheEndOfAJpegIsFound() {
      var jpeg = noise("jpeg");
      var hole = jpeg.length / 2;
      var cut = Arrays.copyOf(jpeg, hole + 2);
      cut[hole] = (byte) 0xFF;
      cut[hole + 1] = (byte) 0xD9;

      assertThat(decode(cut, 1)).isInstanceOf(Decoding.Damaged.class);
    }

    @Test
    void ofPngDataIsFound() {
      var png =
          TestPng.of(TestPng.header(64, 64, 8, 2), TestPng.data(40, 3 * 64, 0x55), TestPng.END);

      assertThat(decode(png, 1)).isInstanceOf(Decoding.Damaged.class);
    }

    @Test
    void ofAWebpIsFound() {
      var webp = TestImages.LOSSLESS_WEBP.clone();
      Arrays.fill(webp, 30, 60, (byte) 0xFF);

      assertThat(decode(webp, 1)).isInstanceOf(Decoding.Damaged.class);
    }

    private byte[] noise(String format) {
      var image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
      var random = new java.util.Random(7);
      for (int i = 0; i < 256 * 256; i++) {
        image.setRGB(i % 256, i / 256, random.nextInt(0x1000000));
      }
      return TestImages.encode(image, format);
    }
  }

  @Test
  void readsAVeryLargeImageWithFewerPixels() throws IOException {
    var thumbnail = thumbnail(TestPng.with(9000, 6000), 1);

    assertThat(thumbnail.getWidth()).isEqualTo(512);
    assertThat(thumbnail.getHeight()).isEqualTo(341);
    assertThat(grey(thumbnail)).isBetween(0x51, 0x59);
  }

  @Test
  void aWebpThatTheHeapCannotHoldIsNoDamage() {
    var header = new ImageHeader(ImageFormat.WEBP, Integer.MAX_VALUE, 16_000, 1, false);

    assertThat(decoder.decode(segment(TestImages.LOSSY_WEBP), header, 512))
        .isInstanceOf(Decoding.Fatal.class);
  }

  @Test
  void doesNotEnlarge() throws IOException {
    assertThat(thumbnail(TestImages.png(100, 60), 1).getWidth()).isEqualTo(100);
  }

  @Test
  void givesCopiesInAnotherSizeAndFormatTheSameHash() {
    long large = ((Decoding.Decoded) decode(gradient(1500, "jpeg"), 1)).perceptualHash();
    long small = ((Decoding.Decoded) decode(gradient(700, "png"), 1)).perceptualHash();
    long other = ((Decoding.Decoded) decode(TestImages.png(700, 700), 1)).perceptualHash();

    assertThat(Long.bitCount(large ^ small)).isLessThan(4);
    assertThat(Long.bitCount(large ^ other)).isGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({
    "1, RGBW, 1536, 1024",
    "2, GRWB, 1536, 1024",
    "3, WBGR, 1536, 1024",
    "6, BRWG, 1024, 1536",
    "8, GWRB, 1024, 1536"
  })
  void drawsAPictureAnewUprightAndOfTheSizeThatIsAskedFor(
      int orientation, String quarters, int width, int height) throws IOException {
    var drawn = redrawn(TestImages.jpeg(384, 256), orientation, width, height);

    assertThat(drawn.getWidth()).isEqualTo(width);
    assertThat(drawn.getHeight()).isEqualTo(height);
    assertThat(quarters(drawn)).isEqualTo(quarters);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codings")
  void drawsEveryCodingAnewUpToItsEdges(String name, byte[] image) throws IOException {
    var drawn = redrawn(image, 1, 1024, 1024);

    assertThat(quarters(drawn)).isEqualTo("RGBW");
    assertThat(drawn.getRaster().getNumBands()).isEqualTo(3);
    assertThat(new Color(drawn.getRGB(0, 0)).getRed()).isGreaterThan(220);
    assertThat(new Color(drawn.getRGB(1023, 1023)).getGreen()).isGreaterThan(220);
  }

  @Test
  void drawsBlackWhatIsTransparent() throws IOException {
    for (byte[] image : List.of(TestImages.LOSSLESS_ALPHA_WEBP, transparentPng())) {
      var drawn = redrawn(image, 1, 32, 32);

      assertThat(drawn.getColorModel().hasAlpha()).isFalse();
      assertThat(quarters(drawn)).isEqualTo("RGBK");
    }
  }

  private static byte[] transparentPng() {
    var image = TestImages.picture(32, 32, BufferedImage.TYPE_INT_ARGB);
    for (int y = 16; y < 32; y++) {
      for (int x = 16; x < 32; x++) image.setRGB(x, y, 0x00FFFFFF);
    }
    return TestImages.encode(image, "png");
  }

  @Test
  void drawsAJpegWhereThereWasOneAndElseAPng() {
    try (var arena = Arena.ofConfined()) {
      assertThat(redraw(TestImages.jpeg(64, 64), new Redraw(64, 64, 1 << 20), arena))
          .satisfies(jpeg -> assertThat(jpeg.get(JAVA_BYTE, 0)).isEqualTo((byte) 0xFF));
      for (byte[] image : List.of(TestImages.png(64, 64), TestImages.LOSSY_WEBP)) {
        assertThat(redraw(image, new Redraw(64, 64, 1 << 20), arena))
            .satisfies(png -> assertThat(png.get(JAVA_BYTE, 0)).isEqualTo((byte) 0x89));
      }
    }
  }

  @Test
  void drawsNothingThatIsTooLongAndNothingFromADamagedImage() {
    try (var arena = Arena.ofConfined()) {
      byte[] image = gradient(700, "png");
      var header = TestImages.header(image, 1);

      assertThat(decoder.redraw(segment(image), header, new Redraw(700, 700, 1000), arena))
          .isInstanceOf(Redrawing.TooLarge.class);
      byte[] half = Arrays.copyOf(image, image.length / 2);
      assertThat(decoder.redraw(segment(half), header, new Redraw(700, 700, 1 << 24), arena))
          .isInstanceOf(Decoding.Damaged.class);
    }
  }

  private BufferedImage redrawn(byte[] image, int orientation, int width, int height)
      throws IOException {
    try (var arena = Arena.ofConfined()) {
      var redraw = new Redraw(width, height, 1 << 24);
      var header = TestImages.header(image, orientation);
      var redrawing = decoder.redraw(segment(image), header, redraw, arena);
      assertThat(redrawing).isInstanceOf(Redrawing.Redrawn.class);
      byte[] file = ((Redrawing.Redrawn) redrawing).image().toArray(JAVA_BYTE);
      return ImageIO.read(new ByteArrayInputStream(file));
    }
  }

  private MemorySegment redraw(byte[] image, Redraw redraw, Arena arena) {
    var header = TestImages.header(image, 1);
    return ((Redrawing.Redrawn) decoder.redraw(segment(image), header, redraw, arena)).image();
  }

  private static byte[] gradient(int side, String format) {
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double wave = Math.sin(11.0 * x / side) * Math.cos(7.0 * y / side) * 100 + 128;
        image.setRGB(x, y, ((int) wave) * 0x010101);
      }
    }
    return TestImages.encode(image, format);
  }

  private Decoding decode(byte[] image, int orientation) {
    return decoder.decode(segment(image), TestImages.header(image, orientation), 512);
  }

  private BufferedImage thumbnail(byte[] image, int orientation) throws IOException {
    var decoding = decode(image, orientation);
    assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
    var decoded = (Decoding.Decoded) decoding;
    return ImageIO.read(new ByteArrayInputStream(decoded.rendition().toArray(JAVA_BYTE)));
  }

  /// The letters of the colours in the middle of the quarters; K is black.
  private static String quarters(BufferedImage image) {
    int x = image.getWidth() / 4;
    int y = image.getHeight() / 4;
    return letter(image.getRGB(x, y))
        + letter(image.getRGB(3 * x, y))
        + letter(image.getRGB(x, 3 * y))
        + letter(image.getRGB(3 * x, 3 * y));
  }

  private static String letter(int rgb) {
    var colour = new Color(rgb);
    int bits =
        (colour.getRed() > 200 ? 4 : 0)
            + (colour.getGreen() > 200 ? 2 : 0)
            + (colour.getBlue() > 200 ? 1 : 0);
    return switch (bits) {
      case 4 -> "R";
      case 2 -> "G";
      case 1 -> "B";
      case 7 -> "W";
      case 0 -> "K";
      default -> "?";
    };
  }

  private static int grey(BufferedImage image) {
    var colour = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
    assertThat(Math.abs(colour.getRed() - colour.getBlue())).isLessThan(12);
    return colour.getGreen();
  }
}
