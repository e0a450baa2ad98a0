package dev.darkroom.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// One entry of a [TestZip]: an honest one until it is told to lie. Every method that changes it
/// gives it back.
public final class TestEntry {

  private static final long FULL = 0xFFFF_FFFFL;
  private static final int UTF8 = 1 << 11;

  private final byte[] content;
  private byte[] rawName;
  private byte @Nullable [] localName;
  private byte[] compressed;
  private int method = 8;
  private @Nullable Integer localMethod;
  private int flags;
  private int localFlags;
  private long crc32;
  private long size;
  private long compressedSize;
  private @Nullable Long localSize;
  private boolean descriptor;
  private boolean zip64;
  private int unixMode;
  private int disk;
  private byte[] extra = {};
  private byte[] localExtra = {};
  private int localSignature = 0x04034b50;
  private @Nullable Long statedOffset;
  long gapBefore;

  private TestEntry(byte[] rawName, byte[] content) {
    this.rawName = rawName;
    this.content = content.clone();
    this.compressed = deflate(content);
    this.compressedSize = compressed.length;
    this.size = content.length;
    this.crc32 = crcOf(content);
  }

  /// A deflated file with its name in UTF-8, flagged as such where it is not ASCII.
  public static TestEntry file(String name, byte[] content) {
    byte[] raw = name.getBytes(StandardCharsets.UTF_8);
    var entry = new TestEntry(raw, content);
    return raw.length == name.length() ? entry : entry.flag(UTF8);
  }

  public static TestEntry file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /// A file whose name is written in `charset`, without a word of which.
  public static TestEntry file(String name, Charset charset, byte[] content) {
    return new TestEntry(name.getBytes(charset), content);
  }

  public static TestEntry folder(String name) {
    return file(name.endsWith("/") ? name : name + "/", new byte[0]).stored().unixMode(040755);
  }

  public static TestEntry symbolicLink(String name, String target) {
    return file(name, target).stored().unixMode(0120777);
  }

  /// Inflates to `size` zeros, about a thousand times what it takes up.
  public static TestEntry bomb(String name, int size) {
    return file(name, new byte[size]);
  }

  public TestEntry stored() {
    method = 0;
    return compressed(content);
  }

  /// Sizes and checksum follow the data; the local header has zeros.
  public TestEntry descriptor() {
    descriptor = true;
    return flag(1 << 3);
  }

  /// Sizes and offset in 64 bits, in both headers.
  public TestEntry zip64() {
    zip64 = true;
    return this;
  }

  public TestEntry encrypted() {
    return flag(1);
  }

  public TestEntry flag(int bits) {
    flags |= bits;
    localFlags |= bits;
    return this;
  }

  public TestEntry localFlag(int bits) {
    localFlags |= bits;
    return this;
  }

  /// Claims a method, the data staying as it is.
  public TestEntry method(int claimed) {
    method = claimed;
    return this;
  }

  public TestEntry localMethod(int claimed) {
    localMethod = claimed;
    return this;
  }

  public TestEntry localName(String claimed) {
    localName = claimed.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /// Claims an inflated size in both headers.
  public TestEntry size(long claimed) {
    size = claimed;
    return this;
  }

  public TestEntry localSize(long claimed) {
    localSize = claimed;
    return this;
  }

  /// Claims a compressed size in both headers.
  public TestEntry compressedSize(long claimed) {
    compressedSize = claimed;
    return this;
  }

  public TestEntry crc32(long claimed) {
    crc32 = claimed;
    return this;
  }

  /// Puts other bytes where the data belongs, the sizes following.
  public TestEntry compressed(byte[] bytes) {
    compressed = bytes.clone();
    compressedSize = bytes.length;
    return this;
  }

  /// Damages the data, its length staying.
  public TestEntry damaged(UnaryOperator<byte[]> damage) {
    compressed = damage.apply(compressed.clone());
    return this;
  }

  public TestEntry unixMode(int mode) {
    unixMode = mode;
    return this;
  }

  public TestEntry disk(int number) {
    disk = number;
    return this;
  }

  /// Adds a block to the directory's extra field.
  public TestEntry extra(int id, byte[] bytes) {
    extra = concat(extra, block(id, bytes));
    return this;
  }

  /// Adds a block to the local header's extra field.
  public TestEntry localExtra(int id, byte[] bytes) {
    localExtra = concat(localExtra, block(id, bytes));
    return this;
  }

  /// Info-ZIP's Unicode path, with the right checksum.
  public TestEntry unicodePath(String name) {
    return unicodePath(name, crcOf(rawName));
  }

  public TestEntry unicodePath(String name, long crcOfRawName) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = little(5 + utf8.length).put((byte) 1).putInt((int) crcOfRawName).put(utf8);
    return extra(0x7075, written(bytes));
  }

  public TestEntry rawName(byte[] bytes) {
    rawName = bytes.clone();
    return this;
  }

  public TestEntry localSignature(int claimed) {
    localSignature = claimed;
    return this;
  }

  /// Claims that the local header lies elsewhere.
  public TestEntry offset(long claimed) {
    statedOffset = claimed;
    return this;
  }

  /// Leaves room before the entry.
  public TestEntry after(long gap) {
    gapBefore = gap;
    return this;
  }

  byte[] local() {
    byte[] name = localName == null ? rawName : localName;
    byte[] all = localExtra;
    long shownSize = descriptor ? 0 : localSize == null ? size : localSize;
    long shownCompressed = descriptor ? 0 : compressedSize;
    if (zip64) {
      all = concat(block(1, longs(shownSize, shownCompressed)), all);
      shownSize = FULL;
      shownCompressed = FULL;
    }
    ByteBuffer header = little(30 + name.length + all.length);
    header.putInt(localSignature).putShort((short) (zip64 ? 45 : 20)).putShort((short) localFlags);
    header.putShort((short) (localMethod == null ? method : localMethod)).putInt(0);
    header.putInt(descriptor ? 0 : (int) crc32).putInt((int) shownCompressed);
    header.putInt((int) shownSize).putShort((short) name.length).putShort((short) all.length);
    header.put(name).put(all);
    return concat(written(header), compressed, descriptor ? descriptorBytes() : new byte[0]);
  }

  private byte[] descriptorBytes() {
    if (zip64) {
      ByteBuffer bytes = little(24).putInt(0x08074b50).putInt((int) crc32);
      return written(bytes.putLong(compressedSize).putLong(size));
    }
    ByteBuffer bytes = little(16).putInt(0x08074b50).putInt((int) crc32);
    return written(bytes.putInt((int) compressedSize).putInt((int) size));
  }

  byte[] central(long offset) {
    long shown = statedOffset == null ? offset : statedOffset;
    byte[] all = zip64 ? concat(block(1, longs(size, compressedSize, shown)), extra) : extra;
    ByteBuffer header = little(46 + rawName.length + all.length);
    header.putInt(0x02014b50).putShort((short) (unixMode == 0 ? 20 : 3 << 8 | 20));
    header.putShort((short) (zip64 ? 45 : 20)).putShort((short) flags).putShort((short) method);
    header.putInt(0).putInt((int) crc32).putInt((int) (zip64 ? FULL : compressedSize));
    header.putInt((int) (zip64 ? FULL : size)).putShort((short) rawName.length);
    header.putShort((short) all.length).putShort((short) 0).putShort((short) disk);
    header.putShort((short) 0).putInt(unixMode << 16).putInt((int) (zip64 ? FULL : shown));
    return written(header.put(rawName).put(all));
  }

  private static byte[] block(int id, byte[] bytes) {
    ByteBuffer block = little(4 + bytes.length).putShort((short) id);
    return written(block.putShort((short) bytes.length).put(bytes));
  }

  private static byte[] longs(long... values) {
    ByteBuffer bytes = little(values.length * Long.BYTES);
    for (long value : values) bytes.putLong(value);
    return written(bytes);
  }

  static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) all.writeBytes(part);
    return all.toByteArray();
  }

  private static byte[] deflate(byte[] content) {
    try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(content);
      deflater.finish();
      var compressed = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) compressed.write(buffer, 0, deflater.deflate(buffer));
      return compressed.toByteArray();
    }
  }

  private static long crcOf(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
