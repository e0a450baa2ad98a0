package dev.darkroom.archive;

import dev.darkroom.memory.MemoryBudget;
import java.time.Duration;

/// What an archive on a web server is read with.
///
/// @param memory for the ranges, of which every open stream holds two
/// @param pause between two tries
/// @param patience how long 8 MB may take
public record RangeReading(MemoryBudget memory, Pause pause, Duration patience) {

  public RangeReading(MemoryBudget memory, Pause pause) {
    this(memory, pause, Pace.PATIENCE);
  }
}
