package dev.darkroom.export;

import dev.darkroom.image.ImageFormat;
import dev.darkroom.storage.ObjectKey;
import org.jspecify.annotations.Nullable;

/// An image as an export finds it.
///
/// @param key of the original bytes
/// @param sha256 of them, in hexadecimal
/// @param crc32 of them; null where nobody has counted it yet
record ExportedRow(
    long imageId,
    ImageText text,
    ImageFormat format,
    long objectId,
    ObjectKey key,
    long sizeBytes,
    String sha256,
    @Nullable Long crc32) {}
