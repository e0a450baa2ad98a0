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
    var kind = kind(number);
    Scene[] scenes = Scene.values();
    // Grain makes a PNG large and slow.
    Scene scene = kind == SampleKind.PNG ? Scene.PATTERN : scenes[number % scenes.length];
    int[] size = SIZES[dice.upTo(SIZES.length)];
    var picture = scene.paint(new Canvas(size[0], size[1], seed * 1_000_003 + number));
    String name = "%s/%04d.%s".formatted(scene.folder(), number, kind.extension());
    return Map.entry(name, Encoding.encode(picture, kind));
  }

  private static SampleKind kind(int number) {
    if (number % EVERY_PNG == EVERY_PNG - 1) return SampleKind.PNG;
    boolean webp = number % EVERY_WEBP == EVERY_WEBP - 1 && Encoding.canMake(SampleKind.WEBP);
    return webp ? SampleKind.WEBP : SampleKind.JPEG;
  }
}
