package dev.darkroom.quota;

/// What would be more than a quota admits.
public record Overrun(long limit, long actual) {}
