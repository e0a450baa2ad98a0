package dev.darkroom.image;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Pictures and files to inspect. The picture is red, green, blue and white in its four quarters:
/// top left, top right, bottom left, bottom right.
public final class TestImages {

  /// The picture in 32 x 32 pixels, as libwebp 1.6 codes it.
  public static final byte[] LOSSY_WEBP =
      base64(
          "UklGRmYAAABXRUJQVlA4IFoAAADQAwCdASogACAAAUAmJaACdMoRwN4B+Ff6zcwZoF3V/ZXO+xAVLkAA/vLrf/zW02qd"
              + "/9LpVSquPwEL8vfnf3qafR3/E8+DtQggvGaTJv+1RzYjsUPMSvcLQAA=");

  /// The same, without loss.
  public static final byte[] LOSSLESS_WEBP =
      base64(
          "UklGRjgAAABXRUJQVlA4TCwAAAAvH8AHAB8gEEjeHzqN+RcQFPwf3fxHZA+AMNtokpOc5BHcP6L/UaX6C7Btvw==");

  /// With loss and an alpha channel: the white quarter is transparent.
  public static final byte[] LOSSY_ALPHA_WEBP =
      base64(
          "UklGRpYAAABXRUJQVlA4WAoAAAAQAAAAHwAAHwAAQUxQSBUAAAABDzD/ERFCIED4nxZAQET/J8BBaAEAVlA4IFoAAADQ"
              + "AwCdASogACAAAUAmJaACdMoRwN4B+Ff6zcwZoF3V/ZXO+xAVLkAA/vLrf/zW02qd/9LpVSquPwEL8vfnf3qafR3/"
              + "E8+DtQggvGaTJv+1RzYjsUPMSvcLQAA=");

  /// Without loss, the white quarter is transparent.
  public static final byte[] LOSSLESS_ALPHA_WEBP =
      base64(
          "UklGRjgAAABXRUJQVlA4TCwAAAAvH8AHEB8gEEjaH3qN+RcQFPk/2vwH8KWAMNtokpOc5BHcP6L/sW1Vv6oAvw==");

  /// A landscape of 32 x 32 pixels with a loop filter and TrueMotion prediction at its edges, which
  /// readers have got wrong: its sky is 0x5993C1, its ground 0x472523.
  public static final byte[] FILTERED_WEBP =
      base64(
          "UklGRi4BAABXRUJQVlA4ICIBAAAwBgCdASogACAAPm0wk0akIyGhMBgIAIANiWZbINMhNGJL8e90ZUqB+m6mLMMl"
              + "EGQ43eSvTjKPD7+AAP7ndF/8u61zfln/vbrpATrMa8djv923zT/2+QCCC0oT+Q+O6m27V1//Yh90///O/A4an99u"
              + "3m/eGVqxuFVC/G6CZDT/D2dLP8X5+zpyrH/C1qwqMAEj9qyee+wo62dCh/vlp9v0kIivc67LGcg3vdWwxvchwQUD"
              + "pRatuA08RHrgk+P7D99kH03bL9kMz34vDirUBjr0PgM2ZLqA5QQ5bb2M+J9xAxA5NDeNx8pqcounK0R9EyWxqX2d"
              + "wDZBbaL3atmqj9QU2GSaxNErSVHbe0Q4Ii1jH2Sv0TMKseOvl/2VXr34PXQAAA==");

  private TestImages() {}

  public static MemorySegment segment(byte[] bytes) {
    var segment = Arena.ofAuto().allocate(Math.max(1, bytes.length)).asSlice(0, bytes.length);
    return segment.copyFrom(MemorySegment.ofArray(bytes));
  }

  /// What the inspector tells a decoder of a whole image, with this orientation.
  public static ImageHeader header(byte[] image, int orientation) {
    var segment = segment(image);
    var format = FileSignature.format(segment).orElseThrow();
    var structure = Structure.of(format, segment);
    if (structure.flaw() != null) throw new IllegalArgumentException(flaw(structure).message());
    return new ImageHeader(
        format, structure.width(), structure.height(), orientation, structure.hasAlpha());
  }

  static ImageFailure flaw(Structure structure) {
    return Objects.requireNonNull(structure.flaw());
  }

  static byte[] exif(Structure structure) {
    return Objects.requireNonNull(structure.exif()).toArray(ValueLayout.JAVA_BYTE);
  }

  public static BufferedImage picture(int width, int height, int type) {
    var image = new BufferedImage(width, height, type);
    var graphics = image.createGraphics();
    int x = width / 2;
    int y = height / 2;
    fill(graphics, Color.RED, 0, 0, x, y);
    fill(graphics, Color.GREEN, x, 0, width - x, y);
    fill(graphics, Color.BLUE, 0, y, x, height - y);
    fill(graphics, Color.WHITE, x, y, width - x, height - y);
    graphics.dispose();
    return image;
  }

  private static void fill(Graphics g, Color colour, int x, int y, int w, int h) {
    g.setColor(colour);
    g.fillRect(x, y, w, h);
  }

  public static byte[] jpeg(int width, int height) {
    return encode(picture(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  public static byte[] png(int width, int height) {
    return encode(picture(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  public static byte[] encode(BufferedImage image, String format) {
    try {
      var bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer of " + format + " takes this image");
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] progressiveJpeg(int width, int height) {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(output);
      var image = picture(width, height, BufferedImage.TYPE_INT_RGB);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// A lossless WebP of one colour: each of its five Huffman codes has a single symbol, so that no
  /// pixel takes a bit (RFC 9649, section 3).
  public static byte[] webp(int width, int height) {
    return webp(chunk("VP8L", vp8l(width, height, 0x3366CC)));
  }

  public static byte[] webp(byte[]... chunks) {
    var body = concat(chunks);
    return concat(ascii("RIFF"), littleEndian(4 + body.length, 4), ascii("WEBP"), body);
  }

  /// A chunk of WebP.
  public static byte[] chunk(String type, byte[] payload) {
    return concat(
        ascii(type), littleEndian(payload.length, 4), payload, new byte[payload.length & 1]);
  }

  /// The header chunk of an extended WebP.
  public static byte[] vp8x(int flags, int width, int height) {
    return chunk(
        "VP8X",
        concat(littleEndian(flags, 4), littleEndian(width - 1, 3), littleEndian(height - 1, 3)));
  }

  public static byte[] vp8l(int width, int height, int rgb) {
    var bits = new Bits();
    bits.write(0x2F, 8).write(width - 1, 14).write(height - 1, 14).write(0, 1).write(0, 3);
    bits.write(0, 1).write(0, 1).write(0, 1);
    for (int symbol : new int[] {rgb >> 8 & 0xFF, rgb >> 16 & 0xFF, rgb & 0xFF, 0xFF}) {
      bits.write(1, 1).write(0, 1).write(1, 1).write(symbol, 8);
    }
    bits.write(1, 1).write(0, 1).write(0, 1).write(0, 1);
    // The reader of TwelveMonkeys takes eight bytes at a time.
    return concat(bits.bytes(), new byte[8]);
  }

  /// A JPEG with a segment put behind its SOI.
  public static byte[] withSegment(byte[] jpeg, int marker, byte[] payload) {
    return concat(
        Arrays.copyOf(jpeg, 2),
        new byte[] {(byte) 0xFF, (byte) marker},
        bigEndian(payload.length + 2, 2),
        payload,
        Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  public static byte[] withExif(byte[] jpeg, byte[] exif) {
    return withSegment(jpeg, 0xE1, concat(ascii("Exif\0\0"), exif));
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] littleEndian(long value, int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  public static byte[] bigEndian(long value, int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[length - 1 - i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  public static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  /// Bits of VP8L, the least significant first.
  private static final class Bits {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int count;

    Bits write(int value, int length) {
      for (int i = 0; i < length; i++) {
        current |= (value >> i & 1) << count;
        count++;
        if (count == 8) {
          bytes.write(current);
          current = 0;
          count = 0;
        }
      }
      return this;
    }

    byte[] bytes() {
      if (count > 0) {
        bytes.write(current);
      }
      return bytes.toByteArray();
    }
  }
}
