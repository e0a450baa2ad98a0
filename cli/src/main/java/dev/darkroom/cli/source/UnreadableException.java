package dev.darkroom.cli.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// A part of a folder that cannot be looked at, so that nobody knows what would be left out.
public final class UnreadableException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableException(Path path, IOException reason) {
    super("%s cannot be read: %s.".formatted(path, reason(reason)), reason);
  }

  /// What is the matter, without the path that the message of such a failure begins with.
  public static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> failure.toString();
    };
  }
}
