package dev.darkroom.decoding;

import dev.darkroom.image.Decoder;
import dev.darkroom.image.Redrawer;

/// Decodes images, and draws them anew.
public interface ImageDecoder extends Decoder, Redrawer {}
