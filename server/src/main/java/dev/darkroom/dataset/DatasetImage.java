package dev.darkroom.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A visible image of a dataset, as it is stored and, with its links, as it goes out.
///
/// @param captionSource `automatic`, `manual`, or `pending` while the caption of an image that was
///   uploaded by itself is written
/// @param captionAuthor what wrote an automatic caption
/// @param uploadSourceUrl without its query; null for what came in an archive or with a request
/// @param imageName the entry's path in the archive, or what the client calls the image; for
///   showing only
/// @param width in pixels, of the upright picture, as is the height
/// @param format `jpeg`, `png` or `webp`
/// @param sha256 of the stored bytes, in hexadecimal
/// @param ordinal the entry's place in the archive, or the image's in the order of the uploads
public record DatasetImage(
    long id,
    long datasetId,
    @Nullable String caption,
    @Nullable String captionSource,
    @Nullable String captionAuthor,
    @Nullable String uploadSourceUrl,
    String imageName,
    Instant createdAt,
    Instant updatedAt,
    int width,
    int height,
    String format,
    long sizeBytes,
    String sha256,
    int ordinal) {}
