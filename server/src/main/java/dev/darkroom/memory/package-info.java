/// How much memory outside the heap this node may hold at once, in bytes; a leaf that everyone may
/// use who holds what a client's files inflate to.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.darkroom.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
