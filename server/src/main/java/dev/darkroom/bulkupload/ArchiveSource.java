package dev.darkroom.bulkupload;

import dev.darkroom.fetch.SourceUrl;

/// Where the ZIP is.
public sealed interface ArchiveSource {

  /// On the web, at a URL.
  record OnTheWeb(SourceUrl url) implements ArchiveSource {}

  /// Here, because it was uploaded first.
  record Staged(long uploadId) implements ArchiveSource {}
}
