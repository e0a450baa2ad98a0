package dev.darkroom.console;

/// Who looks at a page.
///
/// @param mayWrite whether pages are to offer what changes something
record Viewer(String organization, String token, boolean mayWrite) {}
