package dev.darkroom.archive;

import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.MemoryBudget;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/// An archive on a web server, read by range requests of 8 MB, the next one under way while one is
/// consumed. Each answer must be of the version that was pinned. A range that fails is tried four
/// times in all, from the byte reached, and then is `SourceFailure.ConnectionLost`; a server that
/// answers with the whole archive is `SourceFailure.RangeNotSupported`.
public final class HttpRangeSource implements RangeSource {

  private final VettedHttp http;
  private final SourceUrl url;
  private final SourceVersion version;
  private final MemoryBudget memory;
  private final RangeFetch.Pause pause;
  private final Duration patience;

  /// @param version of a [SourceProbe] that found ranges to work
  /// @param memory for the ranges, of which every open stream holds two
  public HttpRangeSource(
      VettedHttp http, SourceUrl url, SourceVersion version, MemoryBudget memory) {
    this(http, url, version, memory, Thread::sleep, Pace.PATIENCE);
  }

  HttpRangeSource(
      VettedHttp http,
      SourceUrl url,
      SourceVersion version,
      MemoryBudget memory,
      RangeFetch.Pause pause,
      Duration patience) {
    if (version.length() < 0) throw new IllegalArgumentException("the length is not known");
    this.http = http;
    this.url = url;
    this.version = version;
    this.memory = memory;
    this.pause = pause;
    this.patience = patience;
  }

  @Override
  public long length() {
    return version.length();
  }

  @Override
  public InputStream open(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, version.length());
    return new ReadAheadStream(this, offset, length);
  }

  VettedHttp http() {
    return http;
  }

  SourceUrl url() {
    return url;
  }

  SourceVersion version() {
    return version;
  }

  MemoryBudget memory() {
    return memory;
  }

  RangeFetch.Pause pause() {
    return pause;
  }

  Pace newPace() {
    return new Pace(patience);
  }
}
