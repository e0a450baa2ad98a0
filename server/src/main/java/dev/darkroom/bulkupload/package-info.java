/// The use case: a ZIP's URL comes in, the images of a dataset go out. The only package that knows
/// all the steps: intake, plan, ingest, moderate, publish.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "account",
      "api",
      "archive",
      "captioning",
      "dataset",
      "failure",
      "fetch",
      "image",
      "job",
      "limit",
      "memory",
      "moderation",
      "planning",
      "project",
      "quota",
      "secret",
      "sidecar",
      "stagedupload",
      "storage",
      "webhook"
    })
package dev.darkroom.bulkupload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
