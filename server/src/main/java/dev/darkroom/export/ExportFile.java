package dev.darkroom.export;

/// A file that is handed out.
///
/// @param name to save it under
/// @param etag a strong one, with its quotes
record ExportFile(String name, String mediaType, String etag, Piece content) {}
