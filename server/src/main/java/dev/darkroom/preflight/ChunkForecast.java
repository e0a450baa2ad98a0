package dev.darkroom.preflight;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.EntryContent;
import dev.darkroom.archive.EntryHead;
import dev.darkroom.archive.EntryHead.Begun;
import dev.darkroom.archive.EntryHead.Unread;
import dev.darkroom.archive.EntryHead.Unreadable;
import dev.darkroom.archive.EntryKind;
import dev.darkroom.failure.Failure;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.planning.ChunkCaptions;
import dev.darkroom.planning.PlannedImage;
import dev.darkroom.preflight.Forecast.Fails;
import dev.darkroom.preflight.Forecast.Passes;
import dev.darkroom.preflight.Forecast.Undetermined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What becomes known of the images of a chunk, whatever order it comes in. A failure of an image
/// comes before one of its caption, as in an upload. For one thread.
final class ChunkForecast {

  private final List<PlannedImage> images;
  private final boolean automaticCaptioning;
  private final ImageInspector inspector;
  private final ChunkCaptions captions = new ChunkCaptions();
  private final Map<Integer, Forecast> forecasts = new HashMap<>();

  ChunkForecast(List<PlannedImage> images, boolean automaticCaptioning, ImageInspector inspector) {
    this.images = images;
    this.automaticCaptioning = automaticCaptioning;
    this.inspector = inspector;
  }

  /// The forecast of an image of the chunk.
  record ForecastImage(ArchiveEntry entry, Forecast forecast) {}

  /// What is to be read: the images, and the texts that hold their captions.
  List<ArchiveEntry> entries() {
    return Stream.concat(images.stream().map(PlannedImage::entry), captionFiles().stream())
        .toList();
  }

  List<ArchiveEntry> captionFiles() {
    return images.stream()
        .map(PlannedImage::captionFile)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /// The images that nothing is known of yet.
  List<ArchiveEntry> undetermined() {
    return images.stream()
        .map(PlannedImage::entry)
        .filter(image -> image(image) instanceof Undetermined)
        .toList();
  }

  void add(EntryHead head) {
    ArchiveEntry entry = head.entry();
    if (entry.kind() == EntryKind.TEXT) addText(head);
    else add(entry, forecast(head));
  }

  void add(ArchiveEntry image, Forecast forecast) {
    forecasts.put(image.ordinal(), forecast);
  }

  void add(EntryContent captionFile) {
    captions.add(captionFile);
  }

  /// In archive order.
  List<ForecastImage> forecasts() {
    return images.stream()
        .map(image -> new ForecastImage(image.entry(), captioned(image)))
        .toList();
  }

  /// A text that is not read to its end gives no caption.
  private void addText(EntryHead text) {
    switch (text) {
      case Begun(var entry, var bytes, boolean whole) -> {
        if (whole) captions.addRead(entry, bytes);
      }
      case Unreadable(var entry, var failure) -> captions.addUnreadable(entry, failure);
      case Unread _ -> {}
    }
  }

  private Forecast forecast(EntryHead head) {
    return switch (head) {
      case Begun(_, var bytes, boolean whole) -> Forecast.of(inspector.inspectHead(bytes, whole));
      case Unreadable(_, var failure) -> new Fails(failure);
      case Unread _ -> new Undetermined();
    };
  }

  private Forecast image(ArchiveEntry image) {
    return forecasts.getOrDefault(image.ordinal(), new Undetermined());
  }

  private Forecast captioned(PlannedImage image) {
    Forecast forecast = image(image.entry());
    if (!(forecast instanceof Passes)) return forecast;
    if (!captions.complete(image)) return new Undetermined();
    Failure failure = captions.failureOf(image, automaticCaptioning);
    return failure == null ? forecast : new Fails(failure);
  }
}
