package dev.darkroom.bulkupload;

import dev.darkroom.archive.EntryContent;
import dev.darkroom.bulkupload.ImageOutcome.Failed;
import dev.darkroom.bulkupload.ImageOutcome.Passed;
import dev.darkroom.failure.Failure;
import dev.darkroom.planning.ChunkCaptions;
import dev.darkroom.planning.PlannedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// How far one run got with a chunk: which images are complete, and what stopped it before the
/// others were. For one thread.
final class ReadChunk {

  private final List<PlannedImage> planned;
  private final boolean automaticCaptioning;
  private final ChunkCaptions captions = new ChunkCaptions();
  private final Map<Integer, Future<ImageOutcome>> outcomes = new HashMap<>();
  private @Nullable RuntimeException stop;

  ReadChunk(List<PlannedImage> planned, boolean automaticCaptioning) {
    this.planned = planned;
    this.automaticCaptioning = automaticCaptioning;
  }

  /// An image of a chunk, what became of it, and its caption where the archive provides one.
  record IngestedImage(PlannedImage image, ImageOutcome outcome, @Nullable String caption) {}

  void add(EntryContent captionFile) {
    captions.add(captionFile);
  }

  void add(int ordinal, Future<ImageOutcome> outcome) {
    outcomes.put(ordinal, outcome);
  }

  /// Ends the reading where the pipeline cannot go on: what is read now would be read again.
  void stopAtFault() {
    if (outcomes.values().stream().anyMatch(ReadChunk::isFaulty)) throw new CancellationException();
  }

  void stoppedBy(RuntimeException fault) {
    stop = fault;
  }

  /// The images that passed or failed, with all that belongs to them, in archive order. To be asked
  /// for when nothing is under way any more.
  List<IngestedImage> complete() {
    List<IngestedImage> complete = new ArrayList<>();
    for (PlannedImage image : planned) {
      var outcome = outcomes.get(image.ordinal());
      if (outcome != null && outcome.state() == Future.State.SUCCESS && captions.complete(image)) {
        complete.add(captioned(image, outcome.resultNow()));
      }
    }
    return complete;
  }

  /// Why the others are not complete: the pipeline's fault before that of the reading, which may
  /// only have stopped for it.
  Exception fault() {
    return outcomes.values().stream()
        .filter(ReadChunk::isFaulty)
        .findFirst()
        .map(outcome -> checked(outcome.exceptionNow()))
        .orElseGet(() -> Objects.requireNonNull(stop));
  }

  private static boolean isFaulty(Future<?> outcome) {
    return outcome.state() == Future.State.FAILED;
  }

  private static Exception checked(Throwable fault) {
    return fault instanceof IOException || fault instanceof RuntimeException
        ? (Exception) fault
        : new IllegalStateException("an image could not be checked", fault);
  }

  private IngestedImage captioned(PlannedImage image, ImageOutcome outcome) {
    Failure failure = captions.failureOf(image, automaticCaptioning);
    if (outcome instanceof Passed && failure != null) {
      return new IngestedImage(image, new Failed(failure, true), null);
    }
    return new IngestedImage(image, outcome, captions.of(image));
  }
}
