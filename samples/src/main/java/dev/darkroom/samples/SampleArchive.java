package dev.darkroom.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a ZIP of sample pictures, with entries that must fail and entries to be ignored among
/// them. Its entries are stored, not deflated, since pictures hardly shrink.
public final class SampleArchive {

  /// What a bulk upload of the archive comes to.
  ///
  /// @param done images that are accepted
  /// @param failed images that are refused
  /// @param ignored entries that are not images
  /// @param generated captions that the archive does not bring itself
  public record Expected(int done, int failed, int ignored, int generated) {}

  /// Every third picture of an archive with texts has one.
  private static final int EVERY_TEXT = 3;

  private static final LocalDateTime MODIFIED = LocalDateTime.of(2026, 1, 1, 12, 0);

  private SampleArchive() {}

  /// Writes an archive of `images` good images to `zip`, and a handful more that fail or are
  /// ignored. The same `seed` gives the same pictures.
  public static Expected write(Path zip, int images, long seed) throws IOException {
    write(zip, images, seed, Map.of());
    return new Expected(images, failing().size(), ignored().size(), images);
  }

  /// Writes the same archive with a text beside every third picture: the caption that somebody
  /// wrote for it (Legacy).
  public static Expected writeWithTexts(Path zip, int images, long seed) throws IOException {
    Map<String, byte[]> texts = new TreeMap<>();
    for (int number = 0; number < images; number += EVERY_TEXT) {
      String name = SamplePictures.name(number);
      String text = "A sample picture, number %d, with a caption by hand.%n".formatted(number);
      texts.put(name.substring(0, name.lastIndexOf('.')) + ".txt", text.getBytes(UTF_8));
    }
    write(zip, images, seed, texts);
    int ignored = ignored().size() + texts.size();
    return new Expected(images, failing().size(), ignored, images - texts.size());
  }

  private static void write(Path zip, int images, long seed, Map<String, byte[]> texts)
      throws IOException {
    try (var output =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip), 1 << 20))) {
      for (var entry : ignored().entrySet()) put(output, entry);
      for (var entry : texts.entrySet()) put(output, entry);
      var pictures =
          IntStream.range(0, images)
              .boxed()
              .gather(
                  Gatherers.mapConcurrent(
                      Runtime.getRuntime().availableProcessors(),
                      number -> SamplePictures.make(number, seed)));
      for (var picture : (Iterable<Map.Entry<String, byte[]>>) pictures::iterator) {
        put(output, picture);
      }
      for (var entry : failing().entrySet()) put(output, entry);
    }
  }

  private static Map<String, byte[]> failing() {
    Map<String, byte[]> failing = new TreeMap<>();
    failing.put("broken/too-small.jpg", SampleImages.jpeg(800, 600));
    failing.put("broken/cut.jpg", SampleImages.truncated(SampleImages.jpeg(1200, 1200), 0.6));
    failing.put("broken/animation.jpg", SampleImages.gif(1024, 1024));
    failing.put("broken/empty.png", new byte[0]);
    return failing;
  }

  private static Map<String, byte[]> ignored() {
    Map<String, byte[]> ignored = new TreeMap<>();
    ignored.put(".DS_Store", new byte[16]);
    ignored.put("__MACOSX/landscapes/._0000.jpg", new byte[16]);
    ignored.put("readme.txt", "Pictures made by code.\n".getBytes(UTF_8));
    return ignored;
  }

  private static void put(ZipOutputStream output, Map.Entry<String, byte[]> file)
      throws IOException {
    byte[] bytes = file.getValue();
    var checksum = new CRC32();
    checksum.update(bytes);
    var entry = new ZipEntry(file.getKey());
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(MODIFIED);
    output.putNextEntry(entry);
    output.write(bytes);
    output.closeEntry();
  }
}
