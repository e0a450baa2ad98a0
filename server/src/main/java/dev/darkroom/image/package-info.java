/// Tells what an image file holds: its format by content, its size, its damage, and a thumbnail of
/// it. Nothing here knows of archives, datasets or the network.
@NullMarked
@ApplicationModule(allowedDependencies = {"decoder", "failure"})
package dev.darkroom.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
