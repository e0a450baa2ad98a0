package dev.darkroom.fetch;

/// Bytes `first` to `last`, both included, as in a `Range` header (RFC 9110, section 14).
public record ByteRange(long first, long last) {

  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not a range: " + first + "-" + last);
    }
  }

  String header() {
    return "bytes=" + first + "-" + last;
  }
}
