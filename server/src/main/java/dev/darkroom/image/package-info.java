/// Tells what an image file holds: its format by content, its size, its damage, and what a decoder
/// makes of it. Nothing here knows of archives, datasets, the network, or of any one decoder.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "limit"})
package dev.darkroom.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
