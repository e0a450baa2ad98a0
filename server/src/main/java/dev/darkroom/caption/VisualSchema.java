package dev.darkroom.caption;

/// What every image of a dataset shares: values that are fixed in each caption, and whatever else
/// is true of all images.
///
/// @param json a JSON object as text
public record VisualSchema(String json) {}
