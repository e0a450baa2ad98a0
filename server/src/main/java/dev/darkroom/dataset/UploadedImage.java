package dev.darkroom.dataset;

import dev.darkroom.dataset.NewImage.Facts;
import org.jspecify.annotations.Nullable;

/// An image that was uploaded by itself, checked and stored.
///
/// @param sourceUrl what it was fetched from, as it may be shown; null where it came with the
///   request
/// @param captionJobId the job that writes its caption; null where none is written
/// @param facts what the stored bytes say, except for the EXIF facts, which are the original's
public record UploadedImage(
    long datasetId,
    long storedObjectId,
    String imageName,
    @Nullable String sourceUrl,
    @Nullable Long captionJobId,
    Facts facts) {}
