package dev.darkroom.samples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Random;

/// A picture while it is painted, and the dice that decide on it. Lengths are shares of the
/// picture: x of its width, y of its height, radii of its height.
final class Canvas {

  static {
    // No window will be opened; some systems would show one's icon otherwise.
    System.setProperty("java.awt.headless", "true");
  }

  private final BufferedImage picture;
  private final Graphics2D graphics;
  private final Random random;
  private final int width;
  private final int height;

  Canvas(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    this.random = new Random(seed * 0x9e3779b97f4a7c15L);
    this.picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  /// A colour of `hue` (0 to 1, and round again), `saturation` and `brightness`.
  static Color colour(double hue, double saturation, double brightness) {
    return Color.getHSBColor((float) hue, (float) saturation, (float) brightness);
  }

  static Color translucent(Color colour, double opacity) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) (opacity * 255));
  }

  /// Fills the rows from `top` to `bottom` with a vertical gradient.
  void gradient(double top, double bottom, Color above, Color below) {
    int first = (int) (top * height);
    int last = (int) Math.ceil(bottom * height);
    for (int y = first; y < last; y++) {
      graphics.setColor(mix(above, below, (double) (y - first) / Math.max(1, last - first)));
      graphics.fillRect(0, y, width, 1);
    }
  }

  private static Color mix(Color from, Color to, double share) {
    return new Color(
        (int) (from.getRed() + share * (to.getRed() - from.getRed())),
        (int) (from.getGreen() + share * (to.getGreen() - from.getGreen())),
        (int) (from.getBlue() + share * (to.getBlue() - from.getBlue())));
  }

  void disc(double x, double y, double radius, Color colour) {
    graphics.setColor(colour);
    graphics.fill(circle(x, y, radius));
  }

  /// A disc of the first colour in the middle and the second at its rim.
  void glow(double x, double y, double radius, Color[] innerAndOuter) {
    paint(gradient(x, y, radius, innerAndOuter), x, y, radius);
  }

  /// A ball lit from above left.
  void ball(double x, double y, double radius, Color[] litAndShaded) {
    double leftOf = x - 0.35 * radius * height / width;
    double above = y - 0.35 * radius;
    paint(gradient(leftOf, above, 1.35 * radius, litAndShaded), x, y, radius);
  }

  private RadialGradientPaint gradient(double x, double y, double radius, Color[] colours) {
    return new RadialGradientPaint(
        (float) (x * width),
        (float) (y * height),
        (float) (radius * height),
        new float[] {0, 1},
        colours);
  }

  private void paint(Paint paint, double x, double y, double radius) {
    graphics.setPaint(paint);
    graphics.fill(circle(x, y, radius));
  }

  private Shape circle(double x, double y, double radius) {
    double pixels = radius * height;
    return new Ellipse2D.Double(x * width - pixels, y * height - pixels, 2 * pixels, 2 * pixels);
  }

  /// Everything below a wavy line at `y`, `swing` high.
  void hills(double y, double swing, Color colour) {
    double first = between(0, 6);
    double second = between(0, 6);
    double waves = between(3, 9);
    var line = new Path2D.Double();
    line.moveTo(0, height);
    for (int x = 0; x <= width; x += 8) {
      double at = (double) x / width;
      double wave = Math.sin(first + waves * at) + 0.4 * Math.sin(second + 2.7 * waves * at);
      line.lineTo(x, (y + swing * wave) * height);
    }
    line.lineTo(width, height);
    line.closePath();
    graphics.setColor(colour);
    graphics.fill(line);
  }

  /// A polygon of x and y in turn.
  void polygon(Color colour, double... points) {
    var path = new Path2D.Double();
    path.moveTo(points[0] * width, points[1] * height);
    for (int i = 2; i < points.length; i += 2)
      path.lineTo(points[i] * width, points[i + 1] * height);
    path.closePath();
    graphics.setColor(colour);
    graphics.fill(path);
  }

  /// The finished picture, with the fine grain of a photograph.
  BufferedImage developed(int grain) {
    graphics.dispose();
    if (grain == 0) return picture;
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    int state = random.nextInt() | 1;
    for (int i = 0; i < pixels.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      pixels[i] = brighter(pixels[i], Math.floorMod(state, 2 * grain + 1) - grain);
    }
    return picture;
  }

  private static int brighter(int pixel, int by) {
    int red = Math.clamp((pixel >> 16 & 0xff) + by, 0, 255);
    int green = Math.clamp((pixel >> 8 & 0xff) + by, 0, 255);
    int blue = Math.clamp((pixel & 0xff) + by, 0, 255);
    return red << 16 | green << 8 | blue;
  }
}
