package dev.darkroom.moderation;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// A picture of shaded ovals on a gradient, the same on every machine, since it is made by whole
/// numbers alone.
///
/// @param seed decides on the ovals and the colours
record TestPicture(long seed, int width, int height) {

  private static final int OVALS = 12;

  /// Writes pictures, named as `SEED-WIDTHxHEIGHT`, as raw red, green and blue into a folder.
  static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      String[] numbers = arguments[i].split("[-x]", -1);
      var picture =
          new TestPicture(
              Long.parseLong(numbers[0]),
              Integer.parseInt(numbers[1]),
              Integer.parseInt(numbers[2]));
      Files.write(folder.resolve(picture.name() + ".rgb"), picture.samples());
    }
  }

  String name() {
    return "%d-%dx%d".formatted(seed, width, height);
  }

  /// Row by row, three bytes a pixel.
  byte[] samples() {
    byte[] samples = new byte[width * height * 3];
    var dice = new Dice(seed);
    gradient(samples, dice.colour(), dice.colour());
    for (int i = 0; i < OVALS; i++) {
      oval(samples, dice);
    }
    return samples;
  }

  private void gradient(byte[] samples, int[] above, int[] below) {
    for (int i = 0; i < samples.length; i++) {
      int y = i / 3 / width;
      samples[i] = (byte) ((above[i % 3] * (height - y) + below[i % 3] * y) / height);
    }
  }

  /// Lighter in the middle than at its edge.
  private void oval(byte[] samples, Dice dice) {
    int[] colour = dice.colour();
    long middleX = dice.upTo(width);
    long middleY = dice.upTo(height);
    long wide = (long) width / 20 + dice.upTo(width / 3);
    long tall = (long) height / 20 + dice.upTo(height / 3);
    for (int i = 0; i < samples.length; i++) {
      long x = i / 3 % width - middleX;
      long y = i / 3 / width - middleY;
      long far = 1_000 * x * x / (wide * wide) + 1_000 * y * y / (tall * tall);
      if (far < 1_000) samples[i] = (byte) (colour[i % 3] * (1_500 - far) / 1_500);
    }
  }

  byte[] jpeg() {
    byte[] samples = samples();
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int red = samples[3 * i] & 0xff;
      int green = samples[3 * i + 1] & 0xff;
      picture.setRGB(
          i % width, i / width, (red << 16) | (green << 8) | (samples[3 * i + 2] & 0xff));
    }
    return jpeg(picture);
  }

  static byte[] jpeg(BufferedImage picture) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Raster raster() {
    var raster = Raster.createInterleavedRaster(0, width, height, 3, null);
    byte[] samples = samples();
    int[] values = new int[samples.length];
    for (int i = 0; i < values.length; i++) values[i] = samples[i] & 0xff;
    raster.setPixels(0, 0, width, height, values);
    return raster;
  }

  /// Numbers that follow from a seed.
  private static final class Dice {

    private long state;

    Dice(long seed) {
      state = seed;
    }

    int upTo(int bound) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      return (int) ((state >>> 33) % bound);
    }

    int[] colour() {
      int red = 60 + upTo(196);
      return new int[] {red, red / 3 + upTo(160), red / 4 + upTo(160)};
    }
  }
}
