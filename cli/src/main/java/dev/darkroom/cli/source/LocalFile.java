package dev.darkroom.cli.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// A file as it was when it was first seen.
public record LocalFile(Path path, long size, FileTime modified) {

  public static LocalFile of(Path path) throws IOException {
    return of(path, Files.readAttributes(path, BasicFileAttributes.class));
  }

  static LocalFile of(Path path, BasicFileAttributes attributes) {
    return new LocalFile(path, attributes.size(), attributes.lastModifiedTime());
  }

  /// The bytes from there on, exactly as many as there were; a [ChangedException] where the file is
  /// another one by now, at the latest at its end.
  public InputStream from(long offset) throws IOException {
    requireUnchanged();
    var channel = FileChannel.open(path);
    channel.position(offset);
    return new ExactStream(Channels.newInputStream(channel), size - offset, this);
  }

  void requireUnchanged() throws IOException {
    if (!of(path).equals(this)) throw new ChangedException(path);
  }

  /// A text that is another one when the file is.
  public String identity() {
    return "%s %d %s".formatted(path, size, modified);
  }
}
