package dev.darkroom.contactsheet;

/// Something that is known of an image, in words.
record Fact(String name, String value) {}
