package dev.darkroom.measuring;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Pictures that show one attribute each, as JPEGs like the stored thumbnails are.
final class Painted {

  static final int WIDTH = 512;
  static final int HEIGHT = 384;

  private Painted() {}

  /// The colour of a pixel, `0xRRGGBB`.
  interface Paint {
    int at(int x, int y);
  }

  static int grey(int level) {
    return level * 0x010101;
  }

  static int rgb(int red, int green, int blue) {
    return (red << 16) | (green << 8) | blue;
  }

  static Paint plain(int rgb) {
    return (_, _) -> rgb;
  }

  /// The left part in one colour and the rest in another; `share` of the width is left.
  static Paint split(double share, int left, int right) {
    return (x, _) -> x < share * WIDTH ? left : right;
  }

  /// Grey noise, which is as sharp as a picture can be.
  static Paint noise() {
    var levels = new int[WIDTH * HEIGHT];
    var random = new Random(11);
    for (int i = 0; i < levels.length; i++) levels[i] = grey(40 + random.nextInt(170));
    return (x, y) -> levels[y * WIDTH + x];
  }

  /// The same grey picture, each pixel twice replaced by the mean of those up to `radius` away on
  /// each axis.
  static Paint blurred(Paint paint, int radius) {
    return averaged(averaged(paint, radius), radius);
  }

  private static Paint averaged(Paint paint, int radius) {
    var levels = new int[WIDTH * HEIGHT];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = grey(mean(paint, i % WIDTH, i / WIDTH, radius));
    }
    return (x, y) -> levels[y * WIDTH + x];
  }

  private static int mean(Paint paint, int x, int y, int radius) {
    int sum = 0;
    int count = 0;
    for (int v = Math.max(0, y - radius); v <= Math.min(HEIGHT - 1, y + radius); v++) {
      for (int u = Math.max(0, x - radius); u <= Math.min(WIDTH - 1, x + radius); u++) {
        sum += paint.at(u, v) & 0xff;
        count++;
      }
    }
    return sum / count;
  }

  /// Greys of soft hills, which have detail and no edge.
  static Paint hills() {
    return (x, y) -> grey((int) (128 + 60 * Math.sin(x / 20.0) + 50 * Math.cos(y / 17.0)));
  }

  static Pixels pixels(Paint paint) {
    return pixels(WIDTH, HEIGHT, paint);
  }

  /// Without a JPEG between, so that a threshold can be met exactly.
  static Pixels pixels(int width, int height, Paint paint) {
    try {
      return Pixels.of(image(width, height, paint));
    } catch (UnreadableJpegException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] jpeg(Paint paint) {
    return jpeg(WIDTH, HEIGHT, paint);
  }

  static byte[] jpeg(int width, int height, Paint paint) {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(0.8f);
      writer.setOutput(output);
      writer.write(null, new IIOImage(image(width, height, paint), null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(int width, int height, Paint paint) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) image.setRGB(x, y, paint.at(x, y));
    }
    return image;
  }
}
