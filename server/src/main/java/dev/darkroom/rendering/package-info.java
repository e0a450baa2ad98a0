/// Bodies that are too large for the heap: written once, a few at a time, and sent from a file to
/// whoever asks, however slowly they take them.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.darkroom.rendering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
