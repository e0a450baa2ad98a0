package dev.darkroom.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Java, and the room for the server's data.
final class MachineChecks {

  private static final int JAVA = 25;

  /// Less, and the server's own health is `DOWN`.
  private static final long LEAST_BYTES = 256L << 20;

  /// A ZIP of the largest size that is taken by default, copied, and its images.
  private static final long USUAL_BYTES = 10L << 30;

  private MachineChecks() {}

  static Finding java() {
    var version = Runtime.version();
    String text =
        "Java %s on %s %s, %d processors, a heap of at most %s."
            .formatted(
                version,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                bytes(Runtime.getRuntime().maxMemory()));
    return version.feature() >= JAVA
        ? Finding.ok("java", text)
        : Finding.failed("java", text + " Get a JDK %d from https://adoptium.net.".formatted(JAVA));
  }

  static Finding data(Path data) throws IOException {
    Path there = nearest(data.toAbsolutePath().normalize());
    String place =
        there.equals(data.toAbsolutePath().normalize()) ? "" : ", which is made at the start";
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      return Finding.failed(
          "data",
          "The data directory %s cannot be written: mend the permissions of %s, or name another with --data."
              .formatted(data, there));
    }
    long free = Files.getFileStore(there).getUsableSpace();
    String text = "%s%s, %s free.".formatted(data, place, bytes(free));
    if (free < LEAST_BYTES) return Finding.failed("data", text + " Make room.");
    if (free < USUAL_BYTES) {
      return Finding.warning("data", text + " An upload of 5 GB may need twice as much.");
    }
    return Finding.ok("data", text);
  }

  /// The path itself, or the folder that exists above it.
  static Path nearest(Path path) {
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) there = there.getParent();
    return there;
  }

  static String bytes(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
  }
}
