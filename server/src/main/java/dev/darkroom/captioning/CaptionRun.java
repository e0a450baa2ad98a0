package dev.darkroom.captioning;

/// A caption run, while it goes on.
///
/// @param id the job's
public record CaptionRun(long id, long datasetId, CaptionForm form) {}
