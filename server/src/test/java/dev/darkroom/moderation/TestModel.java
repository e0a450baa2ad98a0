package dev.darkroom.moderation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/// The published model as npm has installed it. Without it tests are skipped, and say so.
public final class TestModel {

  private TestModel() {}

  public static Path runtime() {
    return Path.of(System.getProperty("darkroom.runtime", "runtime"));
  }

  public static void assumeInstalled() {
    var problem = PublishedModel.in(runtime()).problem();
    assumeTrue(
        problem.isEmpty(),
        () -> "NOT TESTED: the local moderator. Run `npm ci` in runtime/. " + problem.orElse(""));
  }

  /// A picture that is rejected from 0.6 on, and shows nothing but ovals.
  public static byte[] rejectedJpeg(int width, int height) {
    return new TestPicture(241, width, height).jpeg();
  }
}
