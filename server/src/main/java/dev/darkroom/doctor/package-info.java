/// The command that checks what a server needs on its machine, by the server's own settings and
/// parts, and says of each what to do where it is not well. It starts no server.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "archive",
      "caption",
      "database",
      "decoding",
      "failure",
      "fetch",
      "moderation",
      "provider",
      "secret",
      "storage",
      "vision"
    })
package dev.darkroom.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
