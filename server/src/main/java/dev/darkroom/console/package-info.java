/// The console: pages for people, rendered here and kept alive by htmx. Reads come as HTML; changes
/// go through the API like everybody else's, with the session that a browser has signed in for.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "account",
      "api",
      "bulkupload",
      "dataset",
      "failure",
      "failurereport",
      "moderation",
      "project",
      "storage"
    })
package dev.darkroom.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
