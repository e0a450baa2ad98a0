package dev.darkroom.archive;

import java.time.Duration;

/// How time passes between two tries at a source.
@FunctionalInterface
public interface Pause {
  void take(Duration length) throws InterruptedException;
}
