package dev.darkroom.storage;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where objects are kept, as `--store` names it.
public sealed interface StoreLocation {

  /// A directory of the file system.
  record Directory(Path path) implements StoreLocation {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /// A bucket of an S3 store.
  ///
  /// @param prefix what the keys of all objects begin with, as a folder's name without a slash at
  ///   its end; empty where the bucket is ours alone
  record Bucket(String name, String prefix) implements StoreLocation {

    private static final Pattern FORM =
        Pattern.compile(
            "s3://(?<name>[A-Za-z0-9][A-Za-z0-9._-]{1,62})(?:/(?<prefix>[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)?)?/?");

    /// The object's key within the bucket.
    String key(ObjectKey key) {
      return folder() + key.value();
    }

    /// What all keys begin with.
    String folder() {
      return prefix.isEmpty() ? "" : prefix + "/";
    }

    @Override
    public String toString() {
      return "s3://" + name + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /// Reads a path, or `s3://bucket/prefix`.
  ///
  /// @throws IllegalArgumentException where the text names neither
  static StoreLocation of(String text) {
    if (!text.contains("://")) return new Directory(Path.of(text).toAbsolutePath().normalize());
    var bucket = Bucket.FORM.matcher(text);
    if (!bucket.matches()) {
      throw new IllegalArgumentException(
          "'%s' is neither the path of a directory nor a bucket such as s3://bucket or s3://bucket/folder"
              .formatted(text));
    }
    String prefix = bucket.group("prefix");
    return new Bucket(bucket.group("name"), prefix == null ? "" : prefix);
  }
}
