package dev.darkroom.measuring;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// A picture as it is measured: [OkLab] of every pixel, row by row from the top left. Whoever gets
/// the planes leaves them as they are.
final class Pixels {

  private final int width;
  private final int height;
  private final float[][] planes;

  private Pixels(int width, int height, float[][] planes) {
    this.width = width;
    this.height = height;
    this.planes = planes;
  }

  /// Decodes a JPEG with ImageIO.
  ///
  /// @throws UnreadableJpegException where it is none that can be decoded
  static Pixels ofJpeg(byte[] jpeg) throws UnreadableJpegException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(input, true, true);
      return of(reader.read(0));
    } catch (IOException | RuntimeException e) {
      // Readers answer damage with whatever exception it leads them into.
      throw new UnreadableJpegException(e);
    } finally {
      reader.dispose();
    }
  }

  /// Takes the samples as they are, 8 bits each in sRGB: grey or red, green and blue.
  static Pixels of(BufferedImage image) throws UnreadableJpegException {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    if (raster.getTransferType() != DataBuffer.TYPE_BYTE || (bands != 1 && bands != 3)) {
      throw new UnreadableJpegException("%d bands, which are no bytes".formatted(bands));
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    var planes = new float[3][width * height];
    var row = new byte[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int red = row[x * bands] & 0xff;
        int green = row[x * bands + bands / 2] & 0xff;
        int blue = row[x * bands + bands - 1] & 0xff;
        OkLab.convert(red, green, blue, planes, y * width + x);
      }
    }
    return new Pixels(width, height, planes);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int count() {
    return width * height;
  }

  /// 0 is black, 1 is white.
  float[] lightness() {
    return planes[0];
  }

  /// Green is negative, red is positive.
  float[] a() {
    return planes[1];
  }

  /// Blue is negative, yellow is positive.
  float[] b() {
    return planes[2];
  }
}
