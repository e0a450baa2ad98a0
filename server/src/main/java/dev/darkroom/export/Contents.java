package dev.darkroom.export;

import dev.darkroom.export.ExportRows.Origin;
import dev.darkroom.failure.FailureException;
import dev.darkroom.project.TrainingVersion.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What an export holds, gathered image by image: of each its path, and how long and which its
/// bytes and texts are, but no text itself. For one request and one thread.
final class Contents {

  /// To be changed with the layout of any format: what a client has of the old one is worth nothing
  /// then.
  private static final String LAYOUT = "1";

  private final ExportFormat format;
  private final StoredImages storedImages;
  private final String captionEnding;
  private final Naming naming;
  private final List<Long> imageIds = new ArrayList<>();
  private final TextWindow texts;
  private final List<Exported> images = new ArrayList<>();
  private final CRC32 linesCrc32 = new CRC32();
  private final Fingerprint fingerprint = new Fingerprint();

  /// @param caption the content of its caption file
  /// @param line of the image in the file of all of them
  private record Exported(FileEntry image, @Nullable Text caption, @Nullable Text line) {}

  Contents(ExportFormat format, Origin origin, ExportRows rows, StoredImages storedImages) {
    this.format = format;
    this.storedImages = storedImages;
    this.captionEnding = captionEnding(format, origin.family());
    this.naming = new Naming(format.naming(), folder(format, origin.name()));
    this.texts = new TextWindow(rows, imageIds);
    fingerprint.add(LAYOUT + format);
  }

  /// kohya's scripts read texts only; a FIBO caption is JSON everywhere else.
  private static String captionEnding(ExportFormat format, Family family) {
    return family == Family.FIBO && format != ExportFormat.KOHYA ? ".json" : ".txt";
  }

  /// kohya's scripts see each image as often as its folder says: once.
  private static String folder(ExportFormat format, String datasetName) {
    return format == ExportFormat.KOHYA ? "1_" + SafePath.segment(datasetName) + "/" : "";
  }

  /// Adds the next image in archive order.
  void add(ExportedRow row) {
    int index = images.size();
    var path = naming.claim(row.text().imageName(), row.format());
    var image = storedImages.file(path, row);
    fingerprint.add(path);
    fingerprint.add(row.sha256());
    imageIds.add(row.imageId());
    images.add(new Exported(image, captionFile(index, row.text()), line(index, path, row.text())));
  }

  private @Nullable Text captionFile(int index, ImageText text) {
    if (!format.hasCaptionFiles()) return null;
    if (text.caption() == null) {
      fingerprint.add("");
      return null;
    }
    var bytes = ImageText.file(format, text.caption());
    fingerprint.add(bytes);
    return Text.of(bytes, () -> ImageText.file(format, texts.get(index).requireCaption()));
  }

  private @Nullable Text line(int index, String path, ImageText text) {
    if (!format.hasLines()) return null;
    var bytes = text.line(format, path);
    fingerprint.add(bytes);
    linesCrc32.update(bytes);
    return Text.of(bytes, () -> texts.get(index).line(format, path));
  }

  /// All files, the one of lines last.
  List<FileEntry> files() {
    var files = files(0, images.size());
    return format.hasLines()
        ? Stream.concat(files.stream(), Stream.of(metadata())).toList()
        : files;
  }

  private FileEntry metadata() {
    long crc32 = linesCrc32.getValue();
    return new FileEntry("metadata.jsonl", lines(), () -> crc32);
  }

  /// The lines of all images.
  Layout lines() {
    return new Layout(
        images.stream()
            .<Piece>mapMulti((image, pieces) -> {
              if (image.line() != null) pieces.accept(image.line());
            })
            .toList());
  }

  /// The files of the images that one shard holds.
  List<FileEntry> filesOfShard(int number) {
    var starts = Shards.starts(images.stream().map(i -> i.image().content().length()).toList());
    if (number >= starts.size()) throw new FailureException(ExportFailure.Plain.NOT_FOUND);
    int end = number + 1 < starts.size() ? starts.get(number + 1) : images.size();
    return files(starts.get(number), end);
  }

  private List<FileEntry> files(int start, int end) {
    return IntStream.range(start, end).boxed().flatMap(i -> files(images.get(i))).toList();
  }

  private Stream<FileEntry> files(Exported exported) {
    var caption = exported.caption();
    if (caption == null) return Stream.of(exported.image());
    var path = naming.captionOf(exported.image().path(), captionEnding);
    return Stream.of(exported.image(), new FileEntry(path, caption, caption::crc32));
  }

  /// Which export it is: the same bytes have the same, others have another.
  String fingerprint() {
    return fingerprint.text();
  }
}
