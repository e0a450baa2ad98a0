package dev.darkroom.archive;

import dev.darkroom.failure.FailureException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What came of a range: its first bytes, so that none that has arrived is asked for again, and
/// what ended it.
///
/// @param fault null where all of the range is there
record RangePart(MemorySegment bytes, @Nullable FailureException fault) {}
