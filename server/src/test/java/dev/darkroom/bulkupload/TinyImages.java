package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;

import dev.darkroom.archive.TestZip;
import dev.darkroom.samples.SampleImages;
import java.util.stream.IntStream;

/// Archives of many images of 64 x 64 pixels.
public final class TinyImages {

  private static final byte[] PNG = SampleImages.png(64, 64);

  private TinyImages() {}

  public static TestZip zip(int count) {
    return TestZip.with(
        IntStream.range(0, count).mapToObj(n -> file("%03d.png".formatted(n), PNG)).toList());
  }
}
