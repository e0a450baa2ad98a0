package dev.darkroom.limit;

/// A bound that a client can meet.
///
/// @param name as in the documents and in failures, such as `max-images`; its unit is in it, or it
///   counts things
public record Limit(String name, long value) {}
