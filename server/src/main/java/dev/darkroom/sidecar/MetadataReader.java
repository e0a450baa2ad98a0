package dev.darkroom.sidecar;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.ArchiveRuns;
import dev.darkroom.archive.EntryContent;
import dev.darkroom.archive.EntryContent.Read;
import dev.darkroom.archive.EntryFailure;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.failure.FailureException;
import dev.darkroom.memory.MemoryBudget;
import dev.darkroom.sidecar.MetadataFile.MetadataRows;
import dev.darkroom.sidecar.MetadataText.CaptionCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Reads an archive's metadata files. What they inflate to is bounded over all of them, since their
/// captions are on the heap until the plan is written. Safe for use by many threads at once.
@Component
public final class MetadataReader {

  private final ArchiveLimits limits;
  private final MemoryBudget memory;

  MetadataReader(ArchiveLimits limits) {
    this.limits = limits;
    this.memory = new MemoryBudget(limits.maxMetadataBytes());
  }

  /// The metadata files among `entries`, in archive order. Those that would pass the limit are not
  /// read.
  public List<MetadataFile> read(RangeSource archive, List<ArchiveEntry> entries) {
    List<MetadataFile> files = new ArrayList<>();
    List<ArchiveEntry> wanted = new ArrayList<>();
    long bytes = 0;
    for (ArchiveEntry entry : entries.stream().filter(MetadataFile::is).toList()) {
      if (entry.size() > limits.maxMetadataBytes() - bytes) {
        files.add(new MetadataFile.Unreadable(entry, tooLarge(bytes, entry)));
      } else {
        bytes += entry.size();
        wanted.add(entry);
      }
    }
    new ArchiveRuns(archive, limits.forMetadata())
        .read(wanted, memory::open, content -> files.add(file(content)));
    files.sort(Comparator.comparingInt(file -> file.entry().ordinal()));
    return files;
  }

  private String tooLarge(long before, ArchiveEntry entry) {
    return String.format(
        Locale.ROOT,
        "It brings the metadata files of the archive to %,d bytes when inflated; at most %,d are read (max-metadata-bytes).",
        before + entry.size(),
        limits.maxMetadataBytes());
  }

  private MetadataFile file(EntryContent content) {
    return switch (content) {
      case EntryContent.Unreadable(var entry, EntryFailure.Empty _) ->
          new MetadataFile.Read(entry, MetadataRows.none());
      case EntryContent.Unreadable(var entry, var failure) ->
          new MetadataFile.Unreadable(entry, failure.message());
      case Read file -> {
        try (file) {
          yield parsed(file);
        }
      }
    };
  }

  private MetadataFile parsed(Read file) {
    ArchiveEntry entry = file.entry();
    try {
      return new MetadataFile.Read(
          entry, rows(entry, CaptionText.decode(entry.name(), file.bytes())));
    } catch (FailureException notText) {
      return new MetadataFile.Unreadable(entry, CaptionFailure.NO_TEXT);
    }
  }

  private MetadataRows rows(ArchiveEntry entry, String text) {
    CaptionCheck captions =
        (line, caption) ->
            CaptionText.ofMetadata(
                "line %d of %s".formatted(line, entry.name()), caption, limits.maxCaptionBytes());
    return MetadataFile.isNamed(entry, MetadataFile.JSON_LINES)
        ? MetadataText.jsonLines(text, captions)
        : MetadataText.csv(text, captions);
  }
}
