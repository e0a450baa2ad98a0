package dev.darkroom.samples;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/// Makes image files for tests. The same arguments give the same picture.
public final class SampleImages {

  private static final long SEED = 7;

  private SampleImages() {}

  /// Whether `kind` can be made here: without libvips only JPEG and PNG can.
  public static boolean canMake(SampleKind kind) {
    return Encoding.canMake(kind);
  }

  public static byte[] jpeg(int width, int height) {
    return of(SampleKind.JPEG, width, height);
  }

  public static byte[] png(int width, int height) {
    return of(SampleKind.PNG, width, height);
  }

  public static byte[] webp(int width, int height) {
    return of(SampleKind.WEBP, width, height);
  }

  /// A landscape.
  public static byte[] of(SampleKind kind, int width, int height) {
    return Encoding.encode(Scene.LANDSCAPE.paint(new Canvas(width, height, SEED)), kind);
  }

  /// Four patches: red and green above, blue and white below, each a quarter of the picture, in
  /// colours that print (0xc83c32, 0x5aa050, 0x3c5aa0, 0xffffff).
  public static byte[] patches(SampleKind kind, int width, int height) {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] colours = {0xc83c32, 0x5aa050, 0x3c5aa0, 0xffffff};
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, colours[(2 * y / height) * 2 + 2 * x / width]);
      }
    }
    return Encoding.encode(picture, kind);
  }

  /// A GIF, which no dataset takes.
  public static byte[] gif(int width, int height) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(Scene.PATTERN.paint(new Canvas(width, height, SEED)), "gif", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// The same JPEG with an EXIF segment that gives its orientation, 1 to 8.
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    return Exif.spliceOrientation(jpeg, orientation);
  }

  /// The first `part` of a file, between 0 and 1.
  public static byte[] truncated(byte[] image, double part) {
    return Arrays.copyOf(image, (int) (image.length * part));
  }

  /// The same file with the bits of `count` bytes from `at` on flipped.
  public static byte[] flipped(byte[] image, int at, int count) {
    byte[] flipped = image.clone();
    for (int i = at; i < at + count; i++) flipped[i] ^= (byte) 0xff;
    return flipped;
  }
}
