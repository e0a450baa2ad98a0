/// Keeps bytes under keys: images, thumbnails, spooled archives.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "health", "secret"})
package dev.darkroom.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
