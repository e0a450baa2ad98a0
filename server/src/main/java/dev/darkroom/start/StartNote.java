package dev.darkroom.start;

/// A line that a module adds to what the server prints once, when it is ready; a bean.
///
/// @param subject one word, such as `decoder`
public record StartNote(String subject, String text) {}
