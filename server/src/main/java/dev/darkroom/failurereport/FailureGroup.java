package dev.darkroom.failurereport;

import org.jspecify.annotations.Nullable;

/// The images of an upload that failed for one reason.
///
/// @param type of the failure
/// @param status its code
/// @param images how many there are
/// @param advice what to do about them; null where there is nothing more to say
public record FailureGroup(String type, int status, int images, @Nullable String advice) {}
