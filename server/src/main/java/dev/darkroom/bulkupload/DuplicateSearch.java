package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.Duplicates.Exact;
import dev.darkroom.bulkupload.Duplicates.Image;
import dev.darkroom.bulkupload.Duplicates.Near;
import dev.darkroom.dataset.DatasetImages;
import dev.darkroom.dataset.ImageFingerprint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds duplicates among the images of a dataset's bulk upload.
@Component
public final class DuplicateSearch {

  private final BulkUploads uploads;
  private final DatasetImages images;

  DuplicateSearch(BulkUploads uploads, DatasetImages images) {
    this.uploads = uploads;
    this.images = images;
  }

  /// None where the dataset never had an upload.
  public Optional<Duplicates> find(long datasetId) {
    return uploads
        .stateOf(datasetId)
        .map(state -> {
          var bySha256 = bySha256(images.fingerprints(datasetId));
          var first = bySha256.values().stream().map(List::getFirst).toList();
          return new Duplicates(state, exact(bySha256), near(first));
        });
  }

  private static Map<String, List<ImageFingerprint>> bySha256(List<ImageFingerprint> images) {
    return images.stream()
        .collect(
            Collectors.groupingBy(
                ImageFingerprint::sha256, LinkedHashMap::new, Collectors.toList()));
  }

  private static List<Exact> exact(Map<String, List<ImageFingerprint>> bySha256) {
    return bySha256.entrySet().stream()
        .filter(same -> same.getValue().size() > 1)
        .map(same ->
            new Exact(same.getKey(), same.getValue().stream().map(DuplicateSearch::image).toList()))
        .toList();
  }

  /// Each image that is in no group yet draws those after it that look like it, so that a group is
  /// never a chain whose ends look different. The 12.5 million pairs of 5 000 images take 25 to 170
  /// ms.
  static List<Near> near(List<ImageFingerprint> images) {
    List<Near> groups = new ArrayList<>();
    var grouped = new BitSet(images.size());
    for (int first = 0; first < images.size(); first++) {
      if (grouped.get(first)) continue;
      long hash = images.get(first).perceptualHash();
      List<Image> alike = new ArrayList<>();
      int distance = 0;
      for (int other = first + 1; other < images.size(); other++) {
        long otherHash = images.get(other).perceptualHash();
        if (grouped.get(other) || !Likeness.isNear(hash, otherHash)) continue;
        grouped.set(other);
        alike.add(image(images.get(other)));
        distance = Math.max(distance, Likeness.distance(hash, otherHash));
      }
      if (alike.isEmpty()) continue;
      alike.addFirst(image(images.get(first)));
      groups.add(new Near(distance, alike));
    }
    return groups;
  }

  private static Image image(ImageFingerprint image) {
    return new Image(image.imageId(), image.imageName(), image.ordinal());
  }
}
