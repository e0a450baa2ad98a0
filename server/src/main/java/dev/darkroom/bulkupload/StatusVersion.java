package dev.darkroom.bulkupload;

/// A version of the status of a dataset's one bulk upload.
///
/// @param tag names it; another one where anything in the status is another, but for `etaSeconds`,
///   which goes by the clock
/// @param isFinal whether no other comes after it
public record StatusVersion(long datasetId, long uploadId, String tag, boolean isFinal) {}
