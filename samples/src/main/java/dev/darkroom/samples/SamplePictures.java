package dev.darkroom.samples;

import java.util.Map;

/// The pictures of the sample archive: every scene, every format, a few sizes.
final class SamplePictures {

  private static final int[][] SIZES = {
    {1024, 1024}, {1280, 1024}, {1024, 1280}, {1365, 1024}, {1024, 1536}, {1600, 1200}
  };

  /// Mostly JPEG, as photographs are.
  private static final int EVERY_PNG = 8;

  private static final int EVERY_WEBP = 9;

  private SamplePictures() {}

  /// The name and the bytes of picture `number` of the collection `seed`.
  static Map.Entry<String, byte[]> make(int number, long seed) {
    var dice = new Canvas(1, 1, seed * 31 + number);
    int[] size = SIZES[dice.upTo(SIZES.length)];
    var picture = scene(number).paint(new Canvas(size[0], size[1], seed * 1_000_003 + number));
    return Map.entry(name(number), Encoding.encode(picture, kind(number)));
  }

  static String name(int number) {
    return "%s/%04d.%s".formatted(scene(number).folder(), number, kind(number).extension());
  }

  private static Scene scene(int number) {
    Scene[] scenes = Scene.values();
    // Grain makes a PNG large and slow.
    return kind(number) == SampleKind.PNG ? Scene.PATTERN : scenes[number % scenes.length];
  }

  private static SampleKind kind(int number) {
    if (number % EVERY_PNG == EVERY_PNG - 1) return SampleKind.PNG;
    boolean webp = number % EVERY_WEBP == EVERY_WEBP - 1 && Encoding.canMake(SampleKind.WEBP);
    return webp ? SampleKind.WEBP : SampleKind.JPEG;
  }
}
