package dev.darkroom.decoding;

import dev.darkroom.image.ImageFormat;
import dev.darkroom.image.PngProfile;
import java.awt.Transparency;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/// The colour space that an image's numbers are in, and the way from it to sRGB. Greys and images
/// without a profile are taken for sRGB, as browsers take them; so is a broken profile.
final class ColourProfile {

  private final ColorSpace space;

  private ColourProfile(ColorSpace space) {
    this.space = space;
  }

  /// The profile of a decoded image. ImageIO's reader of PNG leaves the file's profile out.
  static ColourProfile of(MemorySegment image, ImageFormat format, BufferedImage decoded) {
    Optional<ColorSpace> ofPng =
        format == ImageFormat.PNG
            ? PngProfile.read(image).flatMap(ColourProfile::space)
            : Optional.empty();
    return new ColourProfile(ofPng.orElseGet(() -> decoded.getColorModel().getColorSpace()));
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

  private static Optional<ColorSpace> space(byte[] profile) {
    try {
      return Optional.of(new ICC_ColorSpace(ICC_Profile.getInstance(profile)));
    } catch (IllegalArgumentException | CMMException _) {
      return Optional.empty();
    }
  }
}
