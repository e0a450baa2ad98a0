/// Asks the parts of the server how they are, for the health endpoint: within a bounded time, and
/// not more often than every few seconds. Each part says in its own package what is asked.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.darkroom.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
