package dev.darkroom.cli;

import dev.darkroom.cli.CaptionedDataset.Image;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which image each caption file of a folder belongs to. The images may be fewer than those that
/// the files were written for: a file that may have been another image's belongs to none.
///
/// Files come from people too, and from downloads, which call images of one name `a`, `a_2` and
/// `a_3` as they are listed, so that a name tells another image once one of them is deleted. Such
/// names are taken where all of them are there, each with an image that has a caption.
final class CaptionOwners {

  private final String ending;
  private final Map<Integer, Image> byOrdinal = new HashMap<>();
  private final Map<String, List<Image>> byStem = new HashMap<>();
  private final Set<String> files = new HashSet<>();

  /// The files `a_2`, `a_3` by `a`.
  private final Map<String, Set<String>> numbered = new HashMap<>();

  /// What `a~7` is a file of.
  private final Set<String> withOrdinals = new HashSet<>();

  /// @param paths all files of the folder that are caption files by their ending, with slashes
  CaptionOwners(CaptionedDataset dataset, Collection<String> paths) {
    this.ending = dataset.ending();
    for (Image image : dataset.images()) {
      byOrdinal.put(image.ordinal(), image);
      byStem.computeIfAbsent(CaptionNames.foldedStem(image), _ -> new ArrayList<>()).add(image);
    }
    paths.forEach(path -> add(name(path)));
  }

  private void add(String file) {
    files.add(file);
    var numberedName = CaptionNames.withNumber(file);
    if (numberedName != null)
      numbered.computeIfAbsent(numberedName.stem(), _ -> new HashSet<>()).add(file);
    var present = CaptionNames.withOrdinal(file);
    if (present != null) withOrdinals.add(present.stem());
  }

  @Nullable Image of(String path) {
    String file = name(path);
    var parts = CaptionNames.withOrdinal(file);
    if (parts == null) return plain(file);
    Image image = byOrdinal.get(parts.number());
    // Nobody knows any more what that one was called.
    if (image == null) return null;
    if (!CaptionNames.foldedStem(image).equals(parts.stem())) return plain(file);
    // An image that is itself called `a~7` has an ordinal behind that in any export.
    return byStem.containsKey(file) && !withOrdinals.contains(file) ? null : image;
  }

  private @Nullable Image plain(String file) {
    List<Image> images = imagesCalled(file);
    if (images.size() == 1) return isPlain(file) ? images.getFirst() : null;
    if (images.size() > 1) return byNumber(file, 1);
    var numberedName = CaptionNames.withNumber(file);
    return numberedName == null ? null : byNumber(numberedName.stem(), numberedName.number());
  }

  /// Whether the file was its image's when it was written: no other one then had the same name.
  private boolean isPlain(String file) {
    if (imagesCalled(file).size() != 1 || withOrdinals.contains(file)) return false;
    var numberedName = CaptionNames.withNumber(file);
    if (numberedName != null && imagesCalled(numberedName.stem()).size() > 1) return false;
    return numbered.getOrDefault(file, Set.of()).stream().allMatch(this::isPlain);
  }

  /// The image of the number among those of one name.
  private @Nullable Image byNumber(String stem, int number) {
    List<Image> images = imagesCalled(stem);
    if (number > images.size() || withOrdinals.contains(stem)) return null;
    Set<String> expected = new HashSet<>();
    for (int i = 2; i <= images.size(); i++) expected.add(stem + "_" + i);
    boolean whole =
        files.contains(stem)
            && expected.equals(numbered.get(stem))
            && expected.stream().noneMatch(byStem::containsKey)
            && images.stream().allMatch(image -> image.caption() != null);
    return whole ? images.get(number - 1) : null;
  }

  private List<Image> imagesCalled(String stem) {
    return byStem.getOrDefault(stem, List.of());
  }

  private String name(String path) {
    return CaptionNames.folded(path.substring(0, path.length() - ending.length()));
  }
}
