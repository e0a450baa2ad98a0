package dev.darkroom.console;

import dev.darkroom.bulkupload.BulkUploadStatus.IgnoredFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The entries of an archive that were ignored for one reason.
///
/// @param example the name of the first of them
record IgnoredGroup(String reason, int entries, String example) {

  /// By reason, in the order of the archive.
  static List<IgnoredGroup> of(Iterable<IgnoredFile> files) {
    Map<String, IgnoredGroup> groups = new LinkedHashMap<>();
    for (IgnoredFile file : files) {
      groups.merge(
          file.reason(),
          new IgnoredGroup(file.reason(), 1, file.filename()),
          (group, _) -> new IgnoredGroup(group.reason, group.entries + 1, group.example));
    }
    return new ArrayList<>(groups.values());
  }
}
