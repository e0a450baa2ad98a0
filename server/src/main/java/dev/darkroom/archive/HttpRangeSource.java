package dev.darkroom.archive;

import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.MemoryBudget;
import java.io.InputStream;
import java.util.Objects;

/// An archive on a web server, read by range requests of 8 MB, the next one under way while one is
/// consumed. Each answer must be of the version that was pinned. A range that fails is tried again
/// from the byte reached; four failures without progress are `SourceFailure.ConnectionLost`, behind
/// the bytes that have arrived. A server that answers with the whole archive is
/// `SourceFailure.RangeNotSupported`.
public final class HttpRangeSource implements RangeSource {

  private final VettedHttp http;
  private final SourceUrl url;
  private final SourceVersion version;
  private final RangeReading reading;

  /// @param version of a [SourceProbe] that found ranges to work
  public HttpRangeSource(
      VettedHttp http, SourceUrl url, SourceVersion version, RangeReading reading) {
    if (version.length() < 0) throw new IllegalArgumentException("the length is not known");
    this.http = http;
    this.url = url;
    this.version = version;
    this.reading = reading;
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
    return reading.memory();
  }

  Pause pause() {
    return reading.pause();
  }

  Pace newPace() {
    return new Pace(reading.patience());
  }
}
