package dev.darkroom.contactsheet;

import dev.darkroom.bulkupload.Duplicates;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Images that are the same, or look alike, side by side.
///
/// @param likeness in words
/// @param ids of all of them, the first to be kept first
/// @param cells those that are shown
record DuplicateGroup(String likeness, List<Long> ids, List<Cell> cells) {

  /// The more of a group, the more they look the same: nobody needs to see them all to choose.
  static final int SHOWN = 12;

  DuplicateGroup {
    ids = List.copyOf(ids);
    cells = List.copyOf(cells);
  }

  static DuplicateGroup of(Duplicates.Exact exact, Map<Long, Cell> cells) {
    return of("The same file, %d times".formatted(exact.images().size()), exact.images(), cells);
  }

  static DuplicateGroup of(Duplicates.Near near, Map<Long, Cell> cells) {
    return of(inWords(near.distance()), near.images(), cells);
  }

  private static DuplicateGroup of(
      String likeness, List<Duplicates.Image> images, Map<Long, Cell> cells) {
    return new DuplicateGroup(
        likeness,
        images.stream().map(Duplicates.Image::id).toList(),
        images.stream()
            .limit(SHOWN)
            .map(image -> cells.get(image.id()))
            .filter(Objects::nonNull)
            .toList());
  }

  /// @param distance in how many of 64 bits the pictures' hashes differ; 6 are still near
  private static String inWords(int distance) {
    return switch (distance) {
      case 0 -> "They look the same";
      case 1, 2 -> "They look almost the same";
      case 3, 4 -> "They look very alike";
      default -> "They look alike";
    };
  }

  public int hidden() {
    return ids.size() - cells.size();
  }
}
