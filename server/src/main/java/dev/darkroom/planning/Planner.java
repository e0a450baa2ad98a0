package dev.darkroom.planning;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.CentralDirectory;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.sidecar.MetadataReader;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads what an archive says of itself (its directory, and the metadata files of a Legacy dataset)
/// and plans by it. Safe for use by many threads at once.
@Component
public final class Planner {

  private final ArchiveLimits limits;
  private final MetadataReader metadata;

  Planner(ArchiveLimits limits, MetadataReader metadata) {
    this.limits = limits;
    this.metadata = metadata;
  }

  /// Plans by the FIBO rules.
  public Plan fibo(RangeSource archive) {
    return Plan.fibo(entries(archive));
  }

  /// Plans by the Legacy rules.
  public Plan legacy(RangeSource archive, boolean automaticCaptioning) {
    List<ArchiveEntry> entries = entries(archive);
    return Plan.legacy(entries, metadata.read(archive, entries), automaticCaptioning);
  }

  private List<ArchiveEntry> entries(RangeSource archive) {
    var directory = CentralDirectory.read(archive, limits);
    directory.requireImages(limits);
    return directory.entries();
  }
}
