package dev.darkroom.cli;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What the person named to be uploaded.
sealed interface UploadSource {

  Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");

  /// What a new dataset is called after it.
  String name();

  /// A ZIP that the server fetches.
  record Remote(String url) implements UploadSource {

    /// `photos` for `https://host/shoot/photos.zip?signature=...`; the server says what is wrong
    /// with a URL that is none.
    @Override
    public String name() {
      String path;
      try {
        path = URI.create(url).getPath();
      } catch (IllegalArgumentException _) {
        path = null;
      }
      return withoutEnding(path == null ? "" : path.substring(path.lastIndexOf('/') + 1));
    }
  }

  /// A ZIP, or a folder, of this machine.
  record Local(Path path) implements UploadSource {
    @Override
    public String name() {
      Path last = path.toAbsolutePath().normalize().getFileName();
      return withoutEnding(last == null ? "" : last.toString());
    }
  }

  static UploadSource of(String text) {
    if (URL.matcher(text).matches()) return new Remote(text);
    try {
      return new Local(Path.of(text));
    } catch (InvalidPathException e) {
      throw new CommandFailure.Local(
          "%s is no name of a file here.".formatted(text),
          "In a locale such as C.UTF-8 it may be.");
    }
  }

  private static String withoutEnding(String file) {
    String name = file.replaceFirst("(?i)\\.zip$", "").strip();
    return name.isEmpty() ? "upload" : name;
  }
}
