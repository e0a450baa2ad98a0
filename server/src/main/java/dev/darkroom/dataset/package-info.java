/// Datasets and their images, and the signed links under which the images' bytes are served.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "api",
      "caption",
      "failure",
      "image",
      "limit",
      "memory",
      "project",
      "quota",
      "rendering",
      "storage"
    })
package dev.darkroom.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
