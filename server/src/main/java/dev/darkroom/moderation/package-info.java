/// Judges whether a picture may be in a dataset.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "provider"})
package dev.darkroom.moderation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
