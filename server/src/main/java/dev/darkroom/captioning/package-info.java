/// Writes captions: the runs that caption the images of a dataset, durably and picture by picture,
/// and what the API has to say about captions. Chooses the captioner.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "api",
      "archive",
      "caption",
      "dataset",
      "failure",
      "fetch",
      "image",
      "job",
      "measuring",
      "moderation",
      "project",
      "sentimage",
      "storage"
    })
package dev.darkroom.captioning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
