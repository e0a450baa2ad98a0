/// Hands datasets out as archives that are nowhere stored: their layout follows from the rows, so
/// that any byte of them can be sent first, and the images' bytes are read as they are sent.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"api", "dataset", "failure", "image", "project", "storage"})
package dev.darkroom.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
