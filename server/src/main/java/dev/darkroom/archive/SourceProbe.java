package dev.darkroom.archive;

import dev.darkroom.archive.ArchiveFailure.NotAZip;
import dev.darkroom.archive.ArchiveFailure.ZipTooLarge;
import dev.darkroom.failure.FailureException;
import dev.darkroom.fetch.ByteRange;
import dev.darkroom.fetch.FetchFailure.BadStatus;
import dev.darkroom.fetch.FetchRequest;
import dev.darkroom.fetch.Fetched;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a first look at a URL tells, before anything is promised: whether what lies there can be a
/// ZIP, how long it is, and whether it can be read by ranges.
///
/// @param version to be pinned; without a length where the source tells none
/// @param rangesWork whether an [HttpRangeSource] can read it; else it has to be copied first
/// @param mediaType as the source calls it
public record SourceProbe(SourceVersion version, boolean rangesWork, @Nullable String mediaType) {

  private static final int HEAD_BYTES = 4 << 10;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  /// Asks for the first bytes, never by HEAD, which signed URLs refuse. A source that cannot be
  /// fetched from is a `FetchFailure`, one that is plainly no ZIP or too large an [ArchiveFailure].
  public static SourceProbe probe(
      VettedHttp http, SourceUrl url, Duration deadline, ArchiveLimits limits) {
    try (Fetched answer = begin(http, url, deadline)) {
      var version = SourceVersion.of(answer);
      var probe =
          new SourceProbe(version, rangesWork(answer, version), answer.contentType().orElse(null));
      probe.refuseOtherThanZip(answer.body().readNBytes(HEAD_BYTES));
      if (version.length() > limits.maxZipBytes()) {
        throw new FailureException(new ZipTooLarge(version.length(), limits.maxZipBytes()));
      }
      return probe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same for an upload that was accepted, at whose acceptance the URL was right: what is wrong
  /// now is an [ArchiveFailure] of the upload, not of a request.
  public static SourceProbe again(
      VettedHttp http, SourceUrl url, Duration deadline, ArchiveLimits limits) {
    try {
      return probe(http, url, deadline, limits);
    } catch (FailureException e) {
      throw new FailureException(SourceFault.of(e.failure()), e);
    }
  }

  private static Fetched begin(VettedHttp http, SourceUrl url, Duration deadline) {
    try {
      return http.get(url, new FetchRequest(new ByteRange(0, HEAD_BYTES - 1), null, deadline));
    } catch (FailureException e) {
      // No byte of an empty file can be asked for.
      if (e.failure() instanceof BadStatus refused && refused.code() == RANGE_NOT_SATISFIABLE) {
        return http.get(url, new FetchRequest(null, null, deadline));
      }
      throw e;
    }
  }

  private static boolean rangesWork(Fetched answer, SourceVersion version) {
    return answer.status() == 206
        && version.length() >= 0
        && answer.contentRange().filter(range -> range.first() == 0).isPresent();
  }

  private void refuseOtherThanZip(byte[] head) {
    boolean page =
        mediaType != null && mediaType.toLowerCase(Locale.ROOT).strip().startsWith("text/html");
    if (page || isPlainlyNoZip(head)) {
      Long size = version.length() < 0 ? null : Long.valueOf(version.length());
      throw new FailureException(new NotAZip(mediaType, size));
    }
  }

  /// Whether what an archive would begin with is nothing, or the beginning of a page.
  public static boolean isPlainlyNoZip(byte[] head) {
    return head.length == 0 || isMarkup(head);
  }

  /// HTML, XML or JSON: nothing that a ZIP, or a self-extractor before one, begins with.
  private static boolean isMarkup(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith(BYTE_ORDER_MARK)) text = text.substring(BYTE_ORDER_MARK.length());
    text = text.stripLeading();
    return text.startsWith("<") || text.startsWith("{");
  }
}
