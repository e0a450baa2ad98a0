package dev.darkroom.storage;

import java.util.regex.Pattern;

/// The name of a stored object: segments of lower-case letters, digits and dashes, between slashes.
/// Keys are made from numbers of our own, never from a name that a client gave.
public record ObjectKey(String value) {

  private static final Pattern VALID = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*");

  public ObjectKey {
    if (!VALID.matcher(value).matches() || value.length() > 200) {
      throw new IllegalArgumentException("not an object key: " + value);
    }
  }

  /// The key of the bytes as they came, where this key names an image or an archive.
  public ObjectKey original() {
    return variant("original");
  }

  /// The key of the image's thumbnail.
  public ObjectKey thumbnail() {
    return variant("thumbnail");
  }

  /// The key of a variant of what this key names.
  public ObjectKey variant(String name) {
    return new ObjectKey(value + "-" + name);
  }

  @Override
  public String toString() {
    return value;
  }
}
