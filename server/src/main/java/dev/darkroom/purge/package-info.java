/// Deletes all that an organization has, and then the organization, when its operator wants it
/// gone.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"account", "api", "bulkupload", "dataset", "failure", "project"})
package dev.darkroom.purge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
