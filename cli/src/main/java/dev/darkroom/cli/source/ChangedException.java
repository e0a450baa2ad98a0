package dev.darkroom.cli.source;

import java.io.IOException;
import java.nio.file.Path;

/// A file is not what it was when the command began: what was sent of it would not fit what
/// follows.
public final class ChangedException extends IOException {

  private static final long serialVersionUID = 1;

  ChangedException(Path file) {
    super("%s was changed while it was read.".formatted(file));
  }
}
