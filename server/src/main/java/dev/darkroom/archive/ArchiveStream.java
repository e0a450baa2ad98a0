package dev.darkroom.archive;

import dev.darkroom.archive.StreamedArchive.Judge;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;

/// Reads a whole archive once, from its front to its end, from a server that knows no ranges. What
/// is kept of it is bounded: the limits for the directory and for the metadata files. Safe for use
/// by many threads at once.
public record ArchiveStream(VettedHttp http, ArchiveLimits limits) {

  /// The end records, and what may stand behind the directory.
  private static final long BEHIND_DIRECTORY = 128 << 10;

  /// How far an archive has come.
  @FunctionalInterface
  public interface Progress {

    /// Is told that so many bytes have come.
    ///
    /// @param length of the archive, or -1 where the server does not tell
    void at(long bytes, long length);
  }

  /// Reads what lies at `url`. The caller closes what is kept.
  @SuppressWarnings("MustBeClosedChecker") // What is kept of the archive closes it.
  public <T> StreamedArchive<T> read(SourceUrl url, Judge<T> judge, Progress progress) {
    Arena arena = Arena.ofShared();
    boolean handedOver = false;
    try (var download = WholeDownload.begin(http, url, limits)) {
      var tail = new ArchiveTail(arena, tailBytes(download.length()));
      long length = download.length();
      var scan =
          new ArchiveScan<>(
              download.body(), tail, limits, judge, bytes -> progress.at(bytes, length));
      scan.run();
      handedOver = true;
      return scan.kept(arena);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!handedOver) arena.close();
    }
  }

  private long tailBytes(long length) {
    long most = limits.maxDirectoryBytes() + BEHIND_DIRECTORY;
    return length < 0 ? most : Math.clamp(length, 1, most);
  }
}
