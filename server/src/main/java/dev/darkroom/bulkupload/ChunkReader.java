package dev.darkroom.bulkupload;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveRuns;
import dev.darkroom.archive.EntryContent;
import dev.darkroom.archive.EntryKind;
import dev.darkroom.job.Attempt;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.planning.PlannedImage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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

  /// Reads until the end, or until something fails that is not an image: the source, the store,
  /// this node. What was under way by then is waited for.
  ReadChunk read(BulkUpload upload, List<PlannedImage> images, ArchiveRuns runs, Attempt attempt) {
    var chunk = new ReadChunk(images, upload.automaticCaptioning());
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      runs.read(
          entriesOf(images),
          memory.images()::open,
          content -> {
            if (content.entry().kind() == EntryKind.TEXT) {
              chunk.add(content);
            } else {
              chunk.add(content.entry().ordinal(), submit(workers, content, upload));
            }
            chunk.stopAtFault();
            attempt.handBackIfStopping();
          });
    } catch (RuntimeException fault) {
      // It ends the run, with what is complete by then.
      chunk.stoppedBy(fault);
    }
    return chunk;
  }

  /// The pipeline closes what it is given; nobody else would, where no thread can be had for it.
  private Future<ImageOutcome> submit(
      ExecutorService workers, EntryContent content, BulkUpload upload) {
    boolean handedOver = false;
    try {
      var outcome = workers.submit(() -> pipeline.run(content, upload));
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
}
