package dev.darkroom.image;

import java.lang.foreign.MemorySegment;

/// What an image file says before any of its pixels is decoded.
record ParsedImage(Structure structure, Exif exif, ImageHeader header) {

  static ParsedImage of(ImageFormat format, MemorySegment image) {
    var structure = Structure.of(format, image);
    var exif = Exif.read(structure.exif());
    var header =
        new ImageHeader(
            format,
            structure.width(),
            structure.height(),
            exif.orientation(),
            structure.hasAlpha());
    return new ParsedImage(structure, exif, header);
  }
}
