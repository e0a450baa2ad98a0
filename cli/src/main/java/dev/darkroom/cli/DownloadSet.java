package dev.darkroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of a download that has several: all of them of one state of the dataset. An ETag is
/// the dataset's fingerprint and the file's number, so that files of another state are known by it.
final class DownloadSet {

  /// A dataset that is changed all the time is not waited for.
  private static final int MOST_ROUNDS = 3;

  /// The ETag of a file that has come.
  private static final Pattern WHOLE = Pattern.compile("(\\d+\\.tar)\\.etag");

  interface Source {
    /// Where each of the files goes to.
    List<Path> files();

    FileDownload open(int index, Path file);
  }

  private final Source source;
  private final LineDisplay lines;

  DownloadSet(Source source, LineDisplay lines) {
    this.source = source;
    this.lines = lines;
  }

  /// The files that are there then. A round leaves those as they are that fit already.
  List<Path> fetch() throws IOException {
    List<Path> files = source.files();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Set<String> fingerprints = fetch(files);
      List<Path> present = source.files();
      if (fingerprints.size() == 1 && present.equals(files)) {
        removeTraces(files);
        return files;
      }
      files = present;
      lines.note("The dataset was changed; fetching what is not of its new state.");
    }
    throw new CommandFailure.Local(
        "The dataset is changed all the time.", "Run the command again when that is over.");
  }

  private Set<String> fetch(List<Path> files) throws IOException {
    Set<String> fingerprints = new HashSet<>();
    for (int i = 0; i < files.size(); i++) {
      try (var download = source.open(i, files.get(i))) {
        fingerprints.add(download.fetchOfSeveral().replaceFirst("-\\d+\"$", ""));
      }
    }
    return fingerprints;
  }

  /// Also of files beyond those, which the dataset had before it was changed.
  private static void removeTraces(List<Path> files) throws IOException {
    for (Path file : files) Files.deleteIfExists(FileDownload.keptEtag(file));
    Path folder = files.getFirst().toAbsolutePath().getParent();
    try (var traces = Files.newDirectoryStream(folder, "[0-9]*.tar.{etag,part,part.etag}")) {
      for (Path trace : traces) {
        var whole = WHOLE.matcher(trace.getFileName().toString());
        if (whole.matches()) Files.deleteIfExists(trace.resolveSibling(whole.group(1)));
        Files.deleteIfExists(trace);
      }
    }
  }
}
