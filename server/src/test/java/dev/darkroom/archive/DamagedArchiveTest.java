package dev.darkroom.archive;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.failure.FailureException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever is damaged, the archive or the entry fails as a value: nothing else is thrown, and no
/// wrong byte is taken for a right one.
class DamagedArchiveTest {

  private static final int ROUNDS = 4_000;

  @Test
  void anyFlippedBytesEndInAFailureOfOurs() {
    byte[] whole = archive();
    var random = new Random(42);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      outcomes.merge(outcome(damaged), 1, Integer::sum);
    }
    assertThat(outcomes).hasSizeGreaterThan(8);
  }

  @Test
  void anyTruncationIsRefused() {
    byte[] whole = archive();
    for (int length = 0; length < whole.length; length++) {
      assertThat(outcome(Arrays.copyOf(whole, length))).isEqualTo("archive.not-readable");
    }
  }

  private static String outcome(byte[] bytes) {
    SparseSource source = TestZip.sourceOf(bytes);
    try {
      var entries = CentralDirectory.read(source, ArchiveLimits.defaults()).entries();
      String outcome = "fine";
      for (String text : Entries.readAll(source, entries)) {
        if (text.startsWith("entry.")) outcome = text;
        else assertThat(text).isIn("aaaa", "b".repeat(300), "cc", "dddd");
      }
      return outcome;
    } catch (FailureException e) {
      return e.failure().type();
    }
  }

  private static byte[] archive() {
    return TestZip.with(
            file("a.jpg", "aaaa").stored(),
            file("é.jpg", "b".repeat(300)),
            file("c.jpg", "cc").descriptor().unicodePath("ç.jpg"),
            file("d.jpg", "dddd").zip64())
        .zip64()
        .bytes();
  }
}
