package dev.darkroom.moderation;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// What the model sees of a picture: 224 x 224 pixels, row by row, red, green and blue from 0 to 1.
final class ModelPixels {

  static final int SIDE = 224;
  static final int CHANNELS = 3;

  private static final float WHITE = 255;

  private ModelPixels() {}

  /// @throws IOException where the picture cannot be read, or is neither coloured nor grey
  static float[] of(byte[] jpeg) throws IOException {
    // The samples as they are: Java would take grey ones for linear light, and brighten them.
    Raster samples = decoded(jpeg).getRaster();
    int channels = samples.getNumBands();
    if (channels != 1 && channels != CHANNELS) {
      throw new IOException("it has %d channels".formatted(channels));
    }
    return of(samples);
  }

  /// Decodes in memory. ImageIO's own choice is a file in the temporary folder, which may be full,
  /// and where nobody's pictures belong.
  private static BufferedImage decoded(byte[] jpeg) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(input, true, true);
      return reader.read(0);
    } catch (RuntimeException e) {
      // Readers answer damage with whatever exception it leads them into.
      throw new IOException(e.toString(), e);
    } finally {
      reader.dispose();
    }
  }

  /// Scaled as the published model's own code does it: each pixel lies between four of the picture,
  /// in proportion to how near it is, and the corners lie on the corners.
  static float[] of(Raster picture) {
    float[] pixels = new float[SIDE * SIDE * CHANNELS];
    double step = (picture.getHeight() - 1) / (SIDE - 1.0);
    for (int y = 0; y < SIDE; y++) {
      int above = (int) (step * y);
      float[] upper = row(picture, above);
      float[] lower = row(picture, Math.min(above + 1, picture.getHeight() - 1));
      blend(upper, lower, step * y - above);
      System.arraycopy(upper, 0, pixels, y * upper.length, upper.length);
    }
    return pixels;
  }

  /// A row of the picture, scaled to the model's width.
  private static float[] row(Raster picture, int y) {
    int bands = picture.getNumBands();
    int last = picture.getWidth() - 1;
    float[] samples = picture.getPixels(0, y, last + 1, 1, (float[]) null);
    float[] row = new float[SIDE * CHANNELS];
    double step = last / (SIDE - 1.0);
    for (int i = 0; i < row.length; i++) {
      int column = i / CHANNELS;
      double x = step * column;
      int left = (int) x;
      int band = i % CHANNELS % bands;
      float sample = samples[left * bands + band];
      float right = samples[Math.min(left + 1, last) * bands + band];
      row[i] = (float) ((sample + (right - sample) * (x - left)) / WHITE);
    }
    return row;
  }

  private static void blend(float[] upper, float[] lower, double part) {
    for (int i = 0; i < upper.length; i++) {
      upper[i] += (float) ((lower[i] - upper[i]) * part);
    }
  }
}
