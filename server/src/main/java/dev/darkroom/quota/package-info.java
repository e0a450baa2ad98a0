/// What an organization may have at most: bytes of images, and bulk uploads. Asked by whatever adds
/// to them.
@NullMarked
@ApplicationModule(allowedDependencies = {"account", "failure"})
package dev.darkroom.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
