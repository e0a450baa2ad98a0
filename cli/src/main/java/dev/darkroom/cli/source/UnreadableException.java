package dev.darkroom.cli.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A part of a folder that cannot be looked at, so that nobody knows what would be left out.
public final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableException(Path path, IOException reason) {
    super("%s cannot be read: %s.".formatted(path, words(reason)), reason);
  }

  /// Of most failures of the file system the message begins with the path.
  private static @Nullable String words(IOException reason) {
    return switch (reason) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failure when failure.getReason() != null -> failure.getReason();
      default -> reason.toString();
    };
  }
}
