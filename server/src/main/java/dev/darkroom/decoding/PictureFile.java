package dev.darkroom.decoding;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes a [Picture] as an image file, with ImageIO and on the heap.
final class PictureFile {

  private PictureFile() {}

  /// @param quality 0 to 1
  static byte[] jpeg(BufferedImage image, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    return written(writer, image, parameters);
  }

  static byte[] png(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    return written(writer, image, writer.getDefaultWriteParam());
  }

  private static byte[] written(
      ImageWriter writer, BufferedImage image, ImageWriteParam parameters) {
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// The picture as ImageIO has it, of its own size.
  static BufferedImage of(Picture picture) {
    var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, picture.width(), picture.height(), picture.rgb(), 0, picture.width());
    return image;
  }

  /// The same, enlarged by bicubic interpolation.
  static BufferedImage enlarged(Picture picture, int width, int height) {
    var image = of(picture);
    if (width == picture.width() && height == picture.height()) return image;
    var larger = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = larger.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return larger;
  }
}
