package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.concat;
import static dev.darkroom.archive.TestEntry.little;
import static dev.darkroom.archive.TestEntry.written;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes a ZIP byte by byte, so that it can be wrong in every way that a real one can:
/// `TestZip.with(file("a.jpg", jpeg), file("b.jpg", jpeg).stored().crc32(1)).bytes()`. Every method
/// that changes it gives it back.
///
/// Offsets past 4 GiB wrap, as the macOS Archive Utility wrote them, unless `zip64()` is asked for.
public final class TestZip {

  private final List<TestEntry> entries;
  private byte[] prefix = {};
  private byte[] comment = {};
  private byte[] trailer = {};
  private byte[] betweenDirectoryAndEnd = {};
  private boolean offsetsCountPrefix;
  private boolean zip64;
  private int disk;
  private int zip64Disks = 1;
  private @Nullable Long claimedEntries;
  private @Nullable Long claimedDirectorySize;
  private UnaryOperator<byte[]> damage = UnaryOperator.identity();

  private TestZip(List<TestEntry> entries) {
    this.entries = new ArrayList<>(entries);
  }

  public static TestZip with(TestEntry... entries) {
    return new TestZip(Arrays.asList(entries));
  }

  public static TestZip with(List<TestEntry> entries) {
    return new TestZip(entries);
  }

  public TestZip and(TestEntry entry) {
    entries.add(entry);
    return this;
  }

  public TestZip comment(String text) {
    comment = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /// Puts bytes before the archive, as a self-extractor does; its offsets know nothing of them.
  public TestZip prefix(byte[] bytes) {
    prefix = bytes.clone();
    return this;
  }

  /// Puts bytes before the archive, its offsets counting from the first of them.
  public TestZip countedPrefix(byte[] bytes) {
    offsetsCountPrefix = true;
    return prefix(bytes);
  }

  /// Puts bytes after the archive.
  public TestZip trailer(byte[] bytes) {
    trailer = bytes.clone();
    return this;
  }

  public TestZip betweenDirectoryAndEnd(byte[] bytes) {
    betweenDirectoryAndEnd = bytes.clone();
    return this;
  }

  /// Ends with the ZIP64 records too.
  public TestZip zip64() {
    zip64 = true;
    return this;
  }

  public TestZip disk(int number) {
    disk = number;
    return this;
  }

  public TestZip zip64Disks(int count) {
    zip64Disks = count;
    return zip64();
  }

  public TestZip claimEntries(long count) {
    claimedEntries = count;
    return this;
  }

  public TestZip claimDirectorySize(long bytes) {
    claimedDirectorySize = bytes;
    return this;
  }

  /// Changes the directory's bytes, its length staying.
  public TestZip damagedDirectory(UnaryOperator<byte[]> change) {
    damage = change;
    return this;
  }

  public SparseSource source() {
    Map<Long, byte[]> parts = new LinkedHashMap<>();
    long at = put(parts, 0, prefix);
    long base = offsetsCountPrefix ? 0 : prefix.length;
    byte[] directory = {};
    for (TestEntry entry : entries) {
      at += entry.gapBefore;
      directory = concat(directory, entry.central(at - base));
      at = put(parts, at, entry.local());
    }
    long start = at - base;
    at = put(parts, at, damage.apply(directory));
    at = put(parts, at, betweenDirectoryAndEnd);
    long length = claimedDirectorySize == null ? directory.length : claimedDirectorySize;
    if (zip64) at = put(parts, at, zip64End(start, length, at - base));
    at = put(parts, at, end(start, length));
    at = put(parts, at, trailer);
    return new SparseSource(at, parts);
  }

  public byte[] bytes() {
    SparseSource source = source();
    try (var stream = source.open(0, source.length())) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first `length` bytes, as of a download that was cut short.
  public byte[] truncatedTo(int length) {
    return Arrays.copyOf(bytes(), length);
  }

  public Path writeTo(Path file) {
    SparseSource source = source();
    try (var stream = source.open(0, source.length())) {
      Files.copy(stream, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Any bytes as a source, archive or not.
  public static SparseSource sourceOf(byte[] bytes) {
    return new SparseSource(bytes.length, Map.of(0L, bytes));
  }

  private static long put(Map<Long, byte[]> parts, long at, byte[] bytes) {
    if (bytes.length > 0) parts.put(at, bytes);
    return at + bytes.length;
  }

  private long count() {
    return claimedEntries == null ? entries.size() : claimedEntries;
  }

  private byte[] zip64End(long start, long length, long at) {
    ByteBuffer end = little(76).putInt(0x06064b50).putLong(44).putShort((short) 45);
    end.putShort((short) 45).putInt(0).putInt(0).putLong(count()).putLong(count());
    end.putLong(length).putLong(start);
    end.putInt(0x07064b50).putInt(0).putLong(at).putInt(zip64Disks);
    return written(end);
  }

  private byte[] end(long start, long length) {
    short shown = (short) (zip64 ? 0xFFFF : count());
    ByteBuffer end = little(22 + comment.length).putInt(0x06054b50).putShort((short) disk);
    end.putShort((short) disk).putShort(shown).putShort(shown);
    end.putInt((int) (zip64 ? 0xFFFF_FFFFL : length));
    end.putInt((int) (zip64 ? 0xFFFF_FFFFL : start));
    return written(end.putShort((short) comment.length).put(comment));
  }
}
