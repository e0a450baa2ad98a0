package dev.darkroom.torture;

import static dev.darkroom.archive.TestEntry.file;

import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.samples.SampleImages;
import java.util.ArrayList;
import java.util.List;

/// The archives that the nodes are given: small pictures, each of a size of its own, by which a
/// caption tells them apart, with copies, damaged ones and what is to be ignored among them.
final class Archives {

  private static final int COPIES = 12;

  private Archives() {}

  /// @param images how many good ones, without the copies of some of them
  /// @param width of the narrowest
  static TestZip plain(int images, int width) {
    return TestZip.with(entries(images, width));
  }

  /// With a caption beside every third picture.
  static TestZip withSomeTexts(int images, int width) {
    List<TestEntry> entries = entries(images, width);
    for (int n = 0; n < images; n += 3) entries.add(text(n, "By hand, number %d.".formatted(n)));
    return TestZip.with(entries);
  }

  /// With a caption beside each picture but a few, some of which are blank.
  static TestZip withTexts(int images, int width) {
    List<TestEntry> entries = entries(images, width);
    for (int n = 0; n < images; n++) {
      if (n % 20 != 7)
        entries.add(text(n, n % 20 == 13 ? " " : "By hand, number %d.".formatted(n)));
    }
    return TestZip.with(entries);
  }

  private static List<TestEntry> entries(int images, int width) {
    List<TestEntry> entries = new ArrayList<>(ignored());
    List<TestEntry> failing = failing();
    for (int n = 0; n < images; n++) {
      entries.add(file(name(n), picture(n, width)));
      if (n % 10 == 4 && n / 10 < failing.size()) entries.add(failing.get(n / 10));
    }
    for (int n = 0; n < COPIES; n++) {
      int original = n * images / COPIES;
      entries.add(
          file("copies/%02d.%s".formatted(n, extension(original)), picture(original, width)));
    }
    return entries;
  }

  private static byte[] picture(int n, int width) {
    return n % 2 == 0
        ? SampleImages.jpeg(width + n % 16, 64 + n / 16)
        : SampleImages.png(width + n % 16, 64 + n / 16);
  }

  private static String name(int n) {
    return "%s/%03d.%s".formatted(n % 5 == 0 ? "größer" : "shoot", n, extension(n));
  }

  private static String extension(int n) {
    return n % 2 == 0 ? "jpg" : "png";
  }

  private static TestEntry text(int n, String caption) {
    String image = name(n);
    return file(image.substring(0, image.lastIndexOf('.')) + ".txt", caption);
  }

  private static List<TestEntry> failing() {
    byte[] jpeg = SampleImages.jpeg(90, 90);
    return List.of(
        file("broken/empty.png", new byte[0]),
        file("broken/cut.jpg", SampleImages.truncated(jpeg, 0.5)),
        file("broken/animation.png", SampleImages.gif(80, 80)),
        file("broken/small.jpg", SampleImages.jpeg(32, 80)),
        file("broken/checksum.jpg", jpeg).crc32(1),
        file("broken/encrypted.jpg", jpeg).encrypted(),
        file("broken/method.jpg", jpeg).method(12),
        file("broken/noise.jpg", new byte[500]));
  }

  private static List<TestEntry> ignored() {
    return List.of(
        file(".DS_Store", new byte[16]),
        file("__MACOSX/._a.jpg", new byte[16]),
        file("inner.zip", new byte[16]),
        file("notes.md", "Pictures made by code."));
  }
}
