package dev.darkroom.measuring;

import dev.darkroom.caption.Picture;
import java.util.Map;

/// A picture of 4096 x 3072 pixels whose thumbnail is given.
final class TestPicture implements Picture {

  private final Map<String, Object> exif;
  private final byte[] thumbnail;

  TestPicture(Map<String, Object> exif, byte[] thumbnail) {
    this.exif = exif;
    this.thumbnail = thumbnail;
  }

  static TestPicture of(Painted.Paint paint) {
    return new TestPicture(Map.of(), Painted.jpeg(paint));
  }

  @Override
  public int width() {
    return 4096;
  }

  @Override
  public int height() {
    return 3072;
  }

  @Override
  public Map<String, Object> exif() {
    return exif;
  }

  @Override
  public byte[] jpeg(int longSide) {
    if (longSide != Measures.LONG_SIDE) throw new AssertionError(longSide);
    return thumbnail;
  }
}
