package dev.darkroom.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// What the compressed texts and the colour profile of one PNG file may inflate to, all together.
/// Decoders inflate them before they reach the picture, and 1 KB can hold 1 MB.
final class InflationBudget {

  /// The largest profiles in use, for printers, have some 4 MB.
  static final int MAX_INFLATED_BYTES = 8 << 20;

  private static final int PIECE = 8 << 10;

  private long inflated;

  /// Inflates the payload of a zTXt, iTXt or iCCP chunk and drops the result. A broken stream is no
  /// flaw: decoders leave the chunk out, and no pixel depends on it.
  void spend(String type, MemorySegment payload) throws FlawedImageException {
    long start = compressedStart(type, payload);
    if (start >= payload.byteSize()) {
      return;
    }
    try (var inflater = new Inflater()) {
      inflater.setInput(payload.asSlice(start).asByteBuffer());
      var piece = new byte[PIECE];
      int count = inflater.inflate(piece);
      while (count > 0) {
        inflated += count;
        if (inflated > MAX_INFLATED_BYTES) {
          throw new FlawedImageException(new ImageFailure.TooMuchMetadata(MAX_INFLATED_BYTES));
        }
        count = inflater.inflate(piece);
      }
    } catch (DataFormatException _) {
      return;
    }
  }

  /// Where the zlib stream begins, or the payload's length where there is none. zTXt and iCCP:
  /// keyword, zero, method. iTXt: keyword, zero, flag, method, language, zero, translation, zero
  /// (PNG Specification, Third Edition, 11.3).
  static long compressedStart(String type, MemorySegment payload) {
    long keywordEnd = zero(payload, 0);
    if (!type.equals("iTXt")) {
      return keywordEnd + 2;
    }
    long flag = keywordEnd + 1;
    if (flag >= payload.byteSize() || payload.get(JAVA_BYTE, flag) == 0) {
      return payload.byteSize();
    }
    return zero(payload, zero(payload, flag + 2) + 1) + 1;
  }

  private static long zero(MemorySegment payload, long from) {
    long at = from;
    while (at < payload.byteSize() && payload.get(JAVA_BYTE, at) != 0) {
      at++;
    }
    return at;
  }
}
