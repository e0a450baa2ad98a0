package dev.darkroom.image;

import static dev.darkroom.image.TestImages.ascii;
import static dev.darkroom.image.TestImages.bigEndian;
import static dev.darkroom.image.TestImages.concat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/// PNG files made chunk by chunk, for what no encoder would write.
public final class TestPng {

  public static final byte[] SIGNATURE = ascii("\u0089PNG\r\n\u001A\n");
  public static final byte[] END = chunk("IEND", new byte[0]);

  private TestPng() {}

  public static byte[] of(byte[]... chunks) {
    return concat(SIGNATURE, concat(chunks));
  }

  public static byte[] chunk(String type, byte[] payload) {
    var typeAndPayload = concat(ascii(type), payload);
    var crc = new CRC32();
    crc.update(typeAndPayload);
    return concat(bigEndian(payload.length, 4), typeAndPayload, bigEndian(crc.getValue(), 4));
  }

  public static byte[] header(int width, int height, int depth, int colourType) {
    return chunk(
        "IHDR",
        concat(
            bigEndian(width, 4),
            bigEndian(height, 4),
            new byte[] {(byte) depth, (byte) colourType, 0, 0, 0}));
  }

  /// The picture data: rows without a filter, of bytes that are all the same.
  public static byte[] data(int rows, int bytesPerRow, int value) {
    var raw = new byte[rows * (bytesPerRow + 1)];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = i % (bytesPerRow + 1) == 0 ? 0 : (byte) value;
    }
    return chunk("IDAT", deflate(raw));
  }

  public static byte[] deflate(byte[] raw) {
    var bytes = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(raw);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// A valid image with these chunks between its header and its picture.
  public static byte[] with(int width, int height, byte[]... ancillary) {
    return of(header(width, height, 8, 2), concat(ancillary), data(height, 3 * width, 0x55), END);
  }
}
