package dev.darkroom.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// The colour space that an image's numbers are in, and the way from it to sRGB. Greys and images
/// without a profile are taken for sRGB, as browsers take them; so is a broken profile.
final class ColourProfile {

  private final ColorSpace space;

  private ColourProfile(ColorSpace space) {
    this.space = space;
  }

  /// The profile of a decoded image. ImageIO's reader of PNG leaves the file's profile out.
  static ColourProfile of(MemorySegment image, ImageFormat format, BufferedImage decoded) {
    ColorSpace space = format == ImageFormat.PNG ? pngSpace(image) : null;
    return new ColourProfile(space == null ? decoded.getColorModel().getColorSpace() : space);
  }

  Picture toSrgb(Picture picture) {
    if (space.isCS_sRGB() || space.getType() != ColorSpace.TYPE_RGB) {
      return picture;
    }
    var model =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    var raster = model.createCompatibleWritableRaster(picture.width(), picture.height());
    raster.setDataElements(0, 0, picture.width(), picture.height(), picture.bytes());
    var target = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    try {
      new ColorConvertOp(null).filter(new BufferedImage(model, raster, false, null), target);
    } catch (CMMException | IllegalArgumentException _) {
      return picture;
    }
    var rgb = target.getRGB(0, 0, picture.width(), picture.height(), null, 0, picture.width());
    return new Picture(
        picture.width(), picture.height(), Arrays.stream(rgb).map(c -> c & 0xFFFFFF).toArray());
  }

  private static @Nullable ColorSpace pngSpace(MemorySegment image) {
    var compressed = PngStructure.profile(image);
    if (compressed == null) {
      return null;
    }
    long length = Math.min(compressed.byteSize(), InflationBudget.MAX_INFLATED_BYTES);
    try (var inflated =
        new InflaterInputStream(
            new ByteArrayInputStream(compressed.asSlice(0, length).toArray(JAVA_BYTE)))) {
      var profile = inflated.readNBytes(InflationBudget.MAX_INFLATED_BYTES);
      return new ICC_ColorSpace(ICC_Profile.getInstance(profile));
    } catch (IOException | IllegalArgumentException | CMMException _) {
      return null;
    }
  }
}
