/// Decodes every pixel of an image, with libvips in child processes, or with ImageIO in this one
/// where there is no libvips; finds the damage, and makes the thumbnail and the hash. Which of the
/// two it is, nobody outside needs to know.
@NullMarked
@ApplicationModule(allowedDependencies = {"decoder", "failure", "health", "image"})
package dev.darkroom.decoding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
