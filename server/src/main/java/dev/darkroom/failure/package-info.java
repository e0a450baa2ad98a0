/// What went wrong, as a value: a stable type, a status, a sentence for the person who can fix it.
/// A leaf that every module may use.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.darkroom.failure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
