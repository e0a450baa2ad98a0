package dev.darkroom.api;

/// The body of an answer that tells of one thing, known by its id.
public interface Identified {
  long id();
}
