/// The audit log: who asked for which change, and what became of it.
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "failure"})
package dev.darkroom.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
