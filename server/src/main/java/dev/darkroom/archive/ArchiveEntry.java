package dev.darkroom.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One entry as the archive's central directory describes it; plain values, so that it can be kept
/// as JSON. Two entries may have the same name: the ordinal tells them apart.
///
/// @param ordinal the entry's place in the directory, from 0
/// @param name for showing only, control characters as U+FFFD, at most 1 024 characters
/// @param rawNameLength how many bytes the name has as stored, at most 65 535
/// @param rawNameSha256 the digest of those bytes, in hexadecimal: long names would fill the heap
/// @param flags the general purpose bits (APPNOTE 4.4.4)
/// @param method the compression method (APPNOTE 4.4.5)
/// @param size in bytes when inflated, as declared
/// @param headerOffset where the local header begins, from the start of the archive
/// @param limitOffset where the next entry or the directory begins: nothing of this entry lies
///   there or after
public record ArchiveEntry(
    int ordinal,
    EntryKind kind,
    String name,
    int rawNameLength,
    String rawNameSha256,
    int flags,
    int method,
    long crc32,
    long compressedSize,
    long size,
    long headerOffset,
    long limitOffset) {

  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_DESCRIPTOR = 1 << 3;

  /// Whether `name` is the name as stored.
  boolean hasRawName(ByteBuffer name) {
    return name.remaining() == rawNameLength && rawNameSha256.equals(sha256(name));
  }

  static String sha256(ByteBuffer name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  boolean encrypted() {
    return (flags & FLAG_ENCRYPTED) != 0;
  }

  /// Whether sizes and checksum follow the data, and need not stand in the local header.
  static boolean hasDescriptor(int flags) {
    return (flags & FLAG_DESCRIPTOR) != 0;
  }

  /// Where reading may stop: after the header's longest extra field and the data, or at the limit.
  long endOffset() {
    long longest = headerOffset + LocalHeader.BYTES + rawNameLength + 0xFFFF + compressedSize;
    return Math.min(limitOffset, longest);
  }
}
