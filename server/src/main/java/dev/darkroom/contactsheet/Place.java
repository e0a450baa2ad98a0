package dev.darkroom.contactsheet;

import org.jspecify.annotations.Nullable;

/// Where an image is in a list, or would be if it were in it.
///
/// @param index from 0
/// @param previous the image before it, where there is one
/// @param next the image behind it, where there is one
/// @param total of the list
record Place(int index, @Nullable Long previous, @Nullable Long next, int total) {}
