/// The one master key, and what is made from it: keys for a purpose, and sealed values.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure"})
package dev.darkroom.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
