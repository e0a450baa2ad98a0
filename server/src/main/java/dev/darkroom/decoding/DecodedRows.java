package dev.darkroom.decoding;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/// The rows of a decoded image as opaque colours in the image's own colour space, with 8 bits per
/// sample and black behind what is transparent.
///
/// Samples of grey and RGB are taken as they are. Java's colour models would brighten greys: they
/// take its grey for linear light, while a file means the grey that its author saw.
final class DecodedRows implements AreaReduction.Rows {

  private final Raster raster;
  private final ColorModel colours;
  private final int[] samples;
  private final int[] largest;

  DecodedRows(BufferedImage image) {
    this.raster = image.getRaster();
    this.colours = image.getColorModel();
    this.samples = new int[raster.getWidth() * raster.getNumBands()];
    this.largest = new int[colours.getNumComponents()];
    for (int i = 0; i < largest.length; i++) {
      largest[i] = (1 << colours.getComponentSize(i)) - 1;
    }
  }

  @Override
  public void read(int y, int[] rgb) {
    if (hasPlainSamples()) {
      readSamples(y, rgb);
    } else {
      readColours(y, rgb);
    }
  }

  private boolean hasPlainSamples() {
    int type = raster.getTransferType();
    boolean isComponents =
        colours instanceof ComponentColorModel
            && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    int count = colours.getNumColorComponents();
    return (isComponents || colours instanceof DirectColorModel) && (count == 1 || count == 3);
  }

  private void readSamples(int y, int[] rgb) {
    raster.getPixels(0, y, raster.getWidth(), 1, samples);
    int bands = raster.getNumBands();
    int count = colours.getNumColorComponents();
    for (int x = 0; x < rgb.length; x++) {
      int at = x * bands;
      int red = sample(at, 0);
      int green = count == 1 ? red : sample(at, 1);
      int blue = count == 1 ? red : sample(at, 2);
      int colour = red << 16 | green << 8 | blue;
      rgb[x] = colours.hasAlpha() ? overBlack(sample(at, count), colour) : colour;
    }
  }

  private int sample(int at, int band) {
    int value = samples[at + band];
    int max = largest[band];
    return max == 0xFF ? value : (value * 0xFF + max / 2) / max;
  }

  /// Palettes, and what else a reader may come up with.
  private void readColours(int y, int[] rgb) {
    @Nullable Object pixel = null;
    for (int x = 0; x < rgb.length; x++) {
      pixel = raster.getDataElements(x, y, pixel);
      int argb = colours.getRGB(pixel);
      rgb[x] = overBlack(argb >>> 24, argb & 0xFFFFFF);
    }
  }

  private int overBlack(int alpha, int colour) {
    if (alpha == 0xFF || colours.isAlphaPremultiplied()) {
      return colour;
    }
    return scale(colour >> 16, alpha) << 16
        | scale(colour >> 8 & 0xFF, alpha) << 8
        | scale(colour & 0xFF, alpha);
  }

  private static int scale(int value, int alpha) {
    return (value * alpha + 0x7F) / 0xFF;
  }
}
