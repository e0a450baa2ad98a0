package dev.darkroom.archive;

import dev.darkroom.fetch.ContentRange;
import dev.darkroom.fetch.Fetched;
import org.jspecify.annotations.Nullable;

/// Which version of an archive is read: pinned by the first look at it, so that no part of another
/// one is ever taken for a part of it. Plain values, so that it can be kept as JSON.
///
/// @param etag the strong ETag with its quotes; null where there is none, for a weak one does not
///   promise equal bytes (RFC 9110, section 8.8.1)
/// @param lastModified as the source writes it
/// @param length in bytes, or -1 where the source does not tell
public record SourceVersion(@Nullable String etag, @Nullable String lastModified, long length) {

  /// Of an archive of our own, which nobody replaces.
  public static SourceVersion ofLength(long length) {
    return new SourceVersion(null, null, length);
  }

  static SourceVersion of(Fetched answer) {
    String etag = answer.etag().filter(SourceVersion::strong).orElse(null);
    long length =
        answer.status() == 206
            ? answer.contentRange().map(ContentRange::total).orElse(-1L)
            : answer.bodyLength();
    return new SourceVersion(etag, answer.lastModified().orElse(null), length);
  }

  /// Whether `other`, seen later, can be the same version. What one of them does not tell cannot
  /// differ; equal strong ETags outweigh a date, which the mirrors of one host may disagree about.
  boolean admits(SourceVersion other) {
    if (differs(length, other.length)) return false;
    if (etag != null && other.etag != null) return etag.equals(other.etag);
    return lastModified == null
        || other.lastModified == null
        || lastModified.equals(other.lastModified);
  }

  private static boolean differs(long one, long other) {
    return one >= 0 && other >= 0 && one != other;
  }

  private static boolean strong(String etag) {
    return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
  }
}
