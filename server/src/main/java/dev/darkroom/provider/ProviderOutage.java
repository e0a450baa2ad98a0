package dev.darkroom.provider;

import java.time.Instant;

/// Why a provider is not asked now.
///
/// @param busy asked too often, rather than out
/// @param reason without secrets
/// @param askedAgainAt when it is, by the next one who wants something of it
public record ProviderOutage(boolean busy, String reason, Instant askedAgainAt) {}
