package dev.darkroom.preflight;

import dev.darkroom.archive.SourceVersion;
import dev.darkroom.fetch.SourceUrl;
import org.jspecify.annotations.Nullable;

/// A preflight, while it is worked on.
///
/// @param legacy whether the Legacy rules hold: captions come from the archive
/// @param version the version of the ZIP that the plan pinned; null until then
record Preflight(
    long id,
    boolean legacy,
    boolean automaticCaptioning,
    SourceUrl source,
    @Nullable SourceVersion version) {}
