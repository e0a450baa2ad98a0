package dev.darkroom.project;

import java.util.Locale;

/// How the pictures of a project are made.
public enum IpMedium {
  PHOTOGRAPHY,
  ILLUSTRATION;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
