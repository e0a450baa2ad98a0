/// Where the rows live: a PostgreSQL of our own under the data directory, or one that the operator
/// names; and the task scheduler, which lives in the same database.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "health"})
package dev.darkroom.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
