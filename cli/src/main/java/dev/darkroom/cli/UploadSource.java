package dev.darkroom.cli;

import java.net.URI;
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
    return URL.matcher(text).matches() ? new Remote(text) : new Local(Path.of(text));
  }

  private static String withoutEnding(String file) {
    String name = file.replaceFirst("(?i)\\.zip$", "").strip();
    return name.isEmpty() ? "upload" : name;
  }
}
