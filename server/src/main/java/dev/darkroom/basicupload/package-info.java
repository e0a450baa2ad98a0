/// One image into a basic dataset: the image is checked, upscaled and made opaque where it has to
/// be, judged, stored and visible when the request is answered; its caption is written afterwards.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "api",
      "archive",
      "captioning",
      "dataset",
      "failure",
      "fetch",
      "image",
      "job",
      "memory",
      "moderation",
      "project",
      "quota",
      "sentimage",
      "storage"
    })
package dev.darkroom.basicupload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
