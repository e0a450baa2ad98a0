package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.FetchRequest;
import dev.darkroom.fetch.Fetched;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import java.io.InputStream;

/// A whole archive on its way from a server that knows no ranges, and never a byte more of it than
/// the limit allows. Its failures are told as an [ArchiveFailure].
final class WholeDownload implements AutoCloseable {

  private final Fetched answer;
  private final InputStream body;

  private WholeDownload(Fetched answer, InputStream body) {
    this.answer = answer;
    this.body = body;
  }

  static WholeDownload begin(VettedHttp http, SourceUrl url, ArchiveLimits limits) {
    Fetched answer = get(http, url);
    long allowed = limits.maxZipBytes();
    if (answer.bodyLength() > allowed) {
      answer.close();
      throw new FailureException(new ZipTooLarge(answer.bodyLength(), allowed));
    }
    return new WholeDownload(
        answer, new CappedStream(answer.body(), allowed, new Pace(Pace.PATIENCE)));
  }

  private static Fetched get(VettedHttp http, SourceUrl url) {
    try {
      return http.get(url, FetchRequest.whole());
    } catch (FailureException e) {
      throw new FailureException(SourceFault.of(e.failure()), e);
    }
  }

  InputStream body() {
    return body;
  }

  /// In bytes, or -1 where the server does not tell.
  long length() {
    return answer.bodyLength();
  }

  @Override
  public void close() {
    answer.close();
  }
}
