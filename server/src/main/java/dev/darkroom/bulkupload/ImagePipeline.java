package dev.darkroom.bulkupload;

import dev.darkroom.archive.EntryContent;
import dev.darkroom.bulkupload.ImageOutcome.Failed;
import dev.darkroom.bulkupload.ImageOutcome.Passed;
import dev.darkroom.dataset.NewImage;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.Inspection;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.springframework.stereotype.Component;

/// What is done to one image, in order: read, inspect, digest, store; of one that is refused and
/// whole, the thumbnail is stored. The bytes lie outside the heap from the first step to the last.
/// Safe for use by many threads at once.
@Component
final class ImagePipeline {

  private final ImageInspector inspector;
  private final ObjectStore store;
  private final Timer inspections;
  private final Counter bytes;

  ImagePipeline(ImageInspector inspector, ObjectStore store, MeterRegistry meters) {
    this.inspector = inspector;
    this.store = store;
    this.inspections =
        Timer.builder("darkroom.image.inspection")
            .description(
                "The time to check an image and decode it, the wait for a decoder included")
            .register(meters);
    this.bytes =
        Counter.builder("darkroom.image")
            .description("Bytes of images that were checked")
            .baseUnit("bytes")
            .register(meters);
  }

  /// Takes what was read of an entry, and closes it.
  ///
  /// @throws IOException where the store is out
  ImageOutcome run(EntryContent content, BulkUpload upload) throws IOException {
    return switch (content) {
      case EntryContent.Unreadable(_, var failure) -> new Failed(failure, false);
      case EntryContent.Read image -> {
        try (image) {
          yield check(image.bytes(), upload, upload.imageKey(image.entry().ordinal()));
        }
      }
    };
  }

  private ImageOutcome check(MemorySegment image, BulkUpload upload, ObjectKey key)
      throws IOException {
    bytes.increment((double) image.byteSize());
    return switch (inspections.record(() -> inspector.inspect(image))) {
      case Inspection.Rejected(var failure) ->
          new Failed(failure, upload.showsFailedImages() && keepThumbnail(image, failure, key));
      case Inspection.Accepted accepted -> {
        var facts = NewImage.Facts.of(accepted, image);
        store.put(key.original(), image);
        store.put(key.thumbnail(), accepted.thumbnail());
        yield new Passed(facts);
      }
    };
  }

  /// False where there is nothing to be shown of the image.
  private boolean keepThumbnail(MemorySegment image, ImageFailure failure, ObjectKey key)
      throws IOException {
    var thumbnail = inspector.thumbnail(image, failure);
    if (thumbnail.isPresent()) store.put(key.thumbnail(), thumbnail.get());
    return thumbnail.isPresent();
  }
}
