package dev.darkroom.planning;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryKind;
import dev.darkroom.failure.Failure;
import dev.darkroom.sidecar.CaptionFailure.CaptionBlank;
import dev.darkroom.sidecar.CaptionFailure.CaptionMissing;
import dev.darkroom.sidecar.MetadataFile;
import dev.darkroom.sidecar.ProvidedCaption;
import dev.darkroom.sidecar.ProvidedCaption.None;
import dev.darkroom.sidecar.ProvidedCaption.Unusable;
import dev.darkroom.sidecar.ProvidedCaption.Usable;
import dev.darkroom.sidecar.ProvidedCaptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What becomes of every entry of an archive: an image that is read in one of the chunks, an image
/// that fails at once, or an ignored entry with the reason.
///
/// @param entries in archive order
/// @param chunks how many chunks the images to read are cut into
public record Plan(List<PlannedEntry> entries, int chunks) {

  /// A chunk is done in about a second, so that uploads take turns often and a lost node costs
  /// little.
  public static final int CHUNK_IMAGES = 64;

  static final long CHUNK_BYTES = 32L * 1024 * 1024;

  public Plan {
    entries = List.copyOf(entries);
  }

  public sealed interface PlannedEntry {
    ArchiveEntry entry();
  }

  public record ImageToRead(ArchiveEntry entry, int chunk, ProvidedCaption.Usable caption)
      implements PlannedEntry {}

  public record FailedImage(ArchiveEntry entry, Failure failure) implements PlannedEntry {}

  public record IgnoredEntry(ArchiveEntry entry, String reason) implements PlannedEntry {}

  /// Plans by the FIBO rules: text is ignored.
  public static Plan fibo(List<ArchiveEntry> archive) {
    return new Builder(archive)
        .build(_ -> new None(), _ -> "text, which a FIBO dataset does not take", true);
  }

  /// Plans by the Legacy rules: an image needs a caption, unless captions are generated.
  public static Plan legacy(
      List<ArchiveEntry> archive, List<MetadataFile> metadata, boolean automaticCaptioning) {
    var captions = new ProvidedCaptions(archive, metadata);
    return new Builder(archive).build(captions::of, captions::reason, automaticCaptioning);
  }

  public int total() {
    return entries.size() - ignored();
  }

  public int ignored() {
    return of(IgnoredEntry.class).size();
  }

  public int failed() {
    return of(FailedImage.class).size();
  }

  /// The images to read, in archive order.
  public List<ImageToRead> toRead() {
    return of(ImageToRead.class);
  }

  /// The entries of one kind, in archive order.
  public <E extends PlannedEntry> List<E> of(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private interface Captions {
    ProvidedCaption of(ArchiveEntry image);
  }

  private interface TextReason {
    String reason(ArchiveEntry text);
  }

  private static final class Builder {

    private final List<ArchiveEntry> archive;
    private final List<PlannedEntry> planned = new ArrayList<>();
    private final ChunkCutter chunks = new ChunkCutter();

    Builder(List<ArchiveEntry> archive) {
      this.archive = archive;
    }

    Plan build(Captions captions, TextReason textReason, boolean captionOptional) {
      archive.stream()
          .filter(entry -> entry.kind() == EntryKind.IMAGE)
          .sorted(Comparator.comparingLong(ArchiveEntry::headerOffset))
          .forEach(image -> planned.add(plan(image, captions.of(image), captionOptional)));
      // After the images, because a text's reason tells whether one of them uses it.
      archive.stream()
          .filter(entry -> entry.kind() != EntryKind.IMAGE)
          .forEach(entry -> planned.add(new IgnoredEntry(entry, reason(entry, textReason))));
      planned.sort(Comparator.comparingInt(each -> each.entry().ordinal()));
      return new Plan(planned, chunks.count());
    }

    private PlannedEntry plan(
        ArchiveEntry image, ProvidedCaption caption, boolean captionOptional) {
      return switch (caption) {
        case None none when captionOptional -> toRead(image, none);
        case None _ -> new FailedImage(image, new CaptionMissing(image.name()));
        case Usable usable -> toRead(image, usable);
        case Unusable(CaptionBlank _) when captionOptional -> toRead(image, new None());
        case Unusable(var failure) -> new FailedImage(image, failure);
      };
    }

    private ImageToRead toRead(ArchiveEntry image, Usable caption) {
      return new ImageToRead(image, chunks.place(image), caption);
    }

    private static String reason(ArchiveEntry entry, TextReason textReason) {
      return entry.kind() == EntryKind.TEXT ? textReason.reason(entry) : entry.kind().reason();
    }
  }

  /// Numbers chunks along the archive, so that the images of one lie beside each other.
  private static final class ChunkCutter {

    private int number = -1;
    private int images;
    private long bytes;

    int place(ArchiveEntry image) {
      if (number < 0 || images == CHUNK_IMAGES || bytes + image.compressedSize() > CHUNK_BYTES) {
        number++;
        images = 0;
        bytes = 0;
      }
      images++;
      bytes += image.compressedSize();
      return number;
    }

    int count() {
      return number + 1;
    }
  }
}
