/// Reads a ZIP that lies somewhere else: its central directory first, then the entries by range,
/// each checked against the directory while it inflates. Names are for showing only; no path is
/// ever made from one.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "fetch", "limit", "memory", "storage"})
package dev.darkroom.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
