/// Durable work on a dataset. A *job* (a bulk upload, a caption run) is cut into *steps*, each a
/// task of the scheduler that runs at least once, on any node, and writes what it found exactly
/// once. What a job is, and what its steps do, is known above.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "health", "storage"})
package dev.darkroom.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
