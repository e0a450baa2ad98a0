package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveRuns;
import dev.darkroom.archive.EntryContent;
import dev.darkroom.archive.EntryKind;
import dev.darkroom.bulkupload.ImageOutcome.Failed;
import dev.darkroom.bulkupload.ImageOutcome.Passed;
import dev.darkroom.failure.Failure;
import dev.darkroom.job.Attempt;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.storage.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the entries of one chunk in the order of their offsets, and sends every image through the
/// pipeline as it comes. How many are under way is bounded by the bytes that they hold.
@Component
final class ChunkReader {

  private final ImagePipeline pipeline;
  private final NodeMemory memory;

  ChunkReader(ImagePipeline pipeline, NodeMemory memory) {
    this.pipeline = pipeline;
    this.memory = memory;
  }

  /// An image of a chunk, what became of it, and its caption where the archive provides one.
  record IngestedImage(PlannedImage image, ImageOutcome outcome, @Nullable String caption) {}

  List<IngestedImage> read(
      BulkUpload upload, List<PlannedImage> images, ArchiveRuns runs, Attempt attempt)
      throws IOException, InterruptedException {
    var captions = new ChunkCaptions();
    Map<Integer, Future<ImageOutcome>> outcomes = new HashMap<>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      runs.read(
          entriesOf(images),
          memory.images()::open,
          content -> {
            int ordinal = content.entry().ordinal();
            if (content.entry().kind() == EntryKind.TEXT) {
              captions.add(content);
            } else {
              outcomes.put(ordinal, submit(workers, content, upload.imageKey(ordinal)));
            }
            attempt.handBackIfStopping();
          });
    }
    List<IngestedImage> ingested = new ArrayList<>();
    for (PlannedImage image : images) {
      var outcome = outcome(Objects.requireNonNull(outcomes.get(image.ordinal())));
      ingested.add(captioned(image, outcome, captions, upload.automaticCaptioning()));
    }
    return ingested;
  }

  /// The pipeline closes what it is given; nobody else would, where no thread can be had for it.
  private Future<ImageOutcome> submit(
      ExecutorService workers, EntryContent content, ObjectKey key) {
    boolean handedOver = false;
    try {
      var outcome = workers.submit(() -> pipeline.run(content, key));
      handedOver = true;
      return outcome;
    } finally {
      if (!handedOver && content instanceof EntryContent.Read image) image.close();
    }
  }

  private static List<ArchiveEntry> entriesOf(List<PlannedImage> images) {
    return images.stream()
        .flatMap(image -> Stream.of(image.entry(), image.captionFile()))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static IngestedImage captioned(
      PlannedImage image, ImageOutcome outcome, ChunkCaptions captions, boolean automatic) {
    Failure failure = captions.failureOf(image, automatic);
    if (outcome instanceof Passed && failure != null) {
      return new IngestedImage(image, new Failed(failure), null);
    }
    return new IngestedImage(image, outcome, captions.of(image));
  }

  private static ImageOutcome outcome(Future<ImageOutcome> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException storeOut -> throw storeOut;
        case RuntimeException bug -> throw bug;
        case null, default ->
            throw new IllegalStateException("an image could not be checked", failed);
      }
    }
  }
}
