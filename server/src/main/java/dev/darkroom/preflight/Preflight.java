package dev.darkroom.preflight;

import dev.darkroom.archive.SourceVersion;
import dev.darkroom.bulkupload.ArchiveSource;
import org.jspecify.annotations.Nullable;

/// A preflight, while it is worked on.
///
/// @param legacy whether the Legacy rules hold: captions come from the archive
/// @param version the version of the ZIP that the plan pinned; null until then
record Preflight(
    long id,
    boolean legacy,
    boolean automaticCaptioning,
    ArchiveSource source,
    @Nullable SourceVersion version) {}
