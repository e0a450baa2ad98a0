package dev.darkroom.failurereport;

import org.jspecify.annotations.Nullable;

/// An image that failed, as a person looks at it.
///
/// @param filename the entry's path in the archive
/// @param ordinal the entry's place in the archive, which tells entries of the same name apart
/// @param thumbnailLink a signed path on this server that opens without a token for one to two
///   hours; null where there is nothing to be shown
public record ReportedImage(
    String filename,
    int ordinal,
    int status,
    String type,
    String message,
    @Nullable String thumbnailLink) {}
