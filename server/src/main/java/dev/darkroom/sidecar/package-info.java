/// Reads the captions that an archive brings along (Legacy): text files beside the images, and
/// metadata files that name them.
@NullMarked
@ApplicationModule(allowedDependencies = {"archive", "failure", "memory"})
package dev.darkroom.sidecar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
