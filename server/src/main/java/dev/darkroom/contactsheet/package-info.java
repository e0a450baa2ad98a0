/// The images of a dataset as people look at them: the contact sheet with its lightbox, the visual
/// schema that captions are written under, and the duplicates. Pages only; what they change goes
/// through the API.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "api",
      "bulkupload",
      "caption",
      "captioning",
      "console",
      "dataset",
      "failure",
      "project"
    })
package dev.darkroom.contactsheet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
