/// How the program starts: its commands, their options and the environment variables behind them,
/// and what it says when it cannot start.
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "caption",
      "database",
      "failure",
      "fetch",
      "health",
      "moderation",
      "provider",
      "storage"
    })
package dev.darkroom.start;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
