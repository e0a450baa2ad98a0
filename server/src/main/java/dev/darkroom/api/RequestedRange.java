package dev.darkroom.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/// The part of a file that a request asks for (RFC 9110, section 14).
///
/// @param length of the part; none where the part lies past the file's end
/// @param total length of the file
public record RequestedRange(long start, long length, long total) {

  /// The one range that the request asks for, unless it wants that range of other bytes only; or
  /// else the whole file: a server may ignore several ranges, and ignores a header that it cannot
  /// read.
  ///
  /// @param etag of the file, with its quotes
  public static RequestedRange of(HttpServletRequest request, String etag, long total) {
    var ifRange = request.getHeader(HttpHeaders.IF_RANGE);
    boolean ofThese = ifRange == null || ifRange.equals(etag);
    return of(ofThese ? request.getHeader(HttpHeaders.RANGE) : null, total);
  }

  private static RequestedRange of(@Nullable String header, long total) {
    var ranges = parse(header);
    if (ranges.size() != 1) {
      return new RequestedRange(0, total, total);
    }
    var start = ranges.getFirst().getRangeStart(total);
    var end = ranges.getFirst().getRangeEnd(total);
    return new RequestedRange(start, Math.max(0, end - start + 1), total);
  }

  private static List<HttpRange> parse(@Nullable String header) {
    try {
      return HttpRange.parseRanges(header);
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  public boolean isSatisfiable() {
    return length > 0;
  }

  public boolean isPart() {
    return length < total;
  }

  /// The value of the header Content-Range.
  public String contentRange() {
    return isSatisfiable()
        ? "bytes %d-%d/%d".formatted(start, start + length - 1, total)
        : "bytes */%d".formatted(total);
  }
}
