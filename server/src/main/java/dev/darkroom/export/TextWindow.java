package dev.darkroom.export;

import dev.darkroom.failure.FailureException;
import java.util.List;
import java.util.Map;

/// What is said of the images of an export, read again as it is sent: some of them at a time, from
/// the one on that is asked for. For one request and one thread.
final class TextWindow {

  private static final int SIZE = 64;

  private final ExportRows rows;
  private final List<Long> imageIds;
  private Map<Long, ImageText> window = Map.of();

  /// @param imageIds in the order of the export; grows while its layout is made
  TextWindow(ExportRows rows, List<Long> imageIds) {
    this.rows = rows;
    this.imageIds = imageIds;
  }

  /// @param index of the image in the export
  ImageText get(int index) {
    long imageId = imageIds.get(index);
    if (!window.containsKey(imageId)) {
      window = rows.texts(imageIds.subList(index, Math.min(index + SIZE, imageIds.size())));
    }
    var text = window.get(imageId);
    if (text == null) throw new FailureException(ExportFailure.Plain.CHANGED);
    return text;
  }
}
