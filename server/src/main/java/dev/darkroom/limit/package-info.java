/// The limits in force, as their owners tell them. A leaf that everyone may use.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.darkroom.limit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
