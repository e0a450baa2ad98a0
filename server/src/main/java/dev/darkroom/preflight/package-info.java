/// Tells what an upload of an archive would come to, without one: by its directory, its texts and
/// the first bytes of every image. Nothing of it is stored, and no dataset changes.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "api",
      "archive",
      "bulkupload",
      "dataset",
      "failure",
      "fetch",
      "image",
      "job",
      "memory",
      "planning",
      "project",
      "secret",
      "sidecar",
      "stagedupload"
    })
package dev.darkroom.preflight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
