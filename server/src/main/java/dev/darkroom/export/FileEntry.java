package dev.darkroom.export;

import java.util.function.LongSupplier;

/// A file in an archive.
///
/// @param path safe, relative, with slashes
/// @param crc32 of the content; asked for only where it is sent
record FileEntry(String path, Piece content, LongSupplier crc32) {}
