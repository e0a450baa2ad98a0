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

  /// The key of a part of this object, such as its thumbnail.
  public ObjectKey variant(String name) {
    return new ObjectKey(value + "-" + name);
  }

  @Override
  public String toString() {
    return value;
  }
}
