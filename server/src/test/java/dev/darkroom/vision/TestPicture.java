package dev.darkroom.vision;

import dev.darkroom.caption.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/// A picture of one colour.
record TestPicture(int width, int height) implements Picture {

  @Override
  public Map<String, Object> exif() {
    return Map.of();
  }

  @Override
  public byte[] jpeg(int longSide) throws IOException {
    double scale = Math.min(1, (double) longSide / Math.max(width, height));
    var image =
        new BufferedImage(
            (int) Math.round(width * scale),
            (int) Math.round(height * scale),
            BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
    var jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return jpeg.toByteArray();
  }
}
