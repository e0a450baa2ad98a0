package dev.darkroom.stagedupload;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The bytes that a request brings.
///
/// @param declared how many, or -1 where the request does not say
/// @param checksum what they must have as their digest, where the client says
record Body(InputStream bytes, long declared, @Nullable UploadChecksum checksum) {}
