package dev.darkroom.storage;

import java.time.Instant;

/// What a store is to hold to when it hands an object out by itself.
///
/// @param expiry when the link ceases to open
/// @param contentType the Content-Type of the answer
/// @param contentDisposition its Content-Disposition
public record LinkTerms(Instant expiry, String contentType, String contentDisposition) {}
