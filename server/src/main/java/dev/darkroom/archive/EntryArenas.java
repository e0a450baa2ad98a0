package dev.darkroom.archive;

import java.lang.foreign.Arena;

/// Gives the memory that an entry is read into, so that the caller can bound how much is out at
/// once.
@FunctionalInterface
public interface EntryArenas {

  /// An arena for `bytes` bytes, which may block until there is room for them. `bytes` is what the
  /// archive declares, never more than the limit for one entry. Closing the arena gives them back.
  Arena open(long bytes);
}
