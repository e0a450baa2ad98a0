package dev.darkroom.doctor;

import dev.darkroom.caption.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/// The smallest thing that a model can be asked about.
record GreyPicture() implements Picture {

  private static final int SIDE = 256;

  @Override
  public int width() {
    return SIDE;
  }

  @Override
  public int height() {
    return SIDE;
  }

  @Override
  public Map<String, Object> exif() {
    return Map.of();
  }

  @Override
  public byte[] jpeg(int longSide) throws IOException {
    return jpeg();
  }

  static byte[] jpeg() throws IOException {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(Color.GRAY);
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.dispose();
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
