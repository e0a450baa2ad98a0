/// The commands that show what the server would say of files at hand. They need no server, no
/// database and no dataset.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "caption",
      "decoding",
      "failure",
      "image",
      "measuring",
      "moderation",
      "provider",
      "vision"
    })
package dev.darkroom.tryout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
