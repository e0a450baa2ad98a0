package dev.darkroom.contactsheet;

/// An image on the sheet.
///
/// @param index its place in the list, from 0
/// @param thumbnail a link, as a path on this server
record Cell(long id, int index, String name, CaptionMark mark, String thumbnail) {}
