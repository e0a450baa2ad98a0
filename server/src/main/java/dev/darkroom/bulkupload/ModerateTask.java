package dev.darkroom.bulkupload;

import dev.darkroom.bulkupload.BulkUploadFailure.ModeratorMissing;
import dev.darkroom.failure.FailureException;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Room;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.storage.ObjectKey;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Asks the moderator for its verdict on every image of one chunk. Each verdict is written as it
/// comes, so that no picture is judged again when the moderator, or this node, is gone in between.
@Component
final class ModerateTask implements Step<BulkUpload> {

  static final String NAME = "moderate";

  /// A sixth of the scheduler's threads on a node, so that uploads are read however slow the
  /// moderator is.
  private static final int MAX_CHUNKS = 4;

  /// How many pictures are held for a moderator, which takes as many of them at a time as it can.
  private static final int MAX_PICTURES = 64;

  private final UploadJob job;
  private final Entries entries;
  private final ObjectStore store;
  private final ObjectProvider<Moderator> moderator;
  private final VerdictSettlement settlement;
  private final ChunkWindow window;
  private final Room room;
  private final Semaphore pictures = new Semaphore(MAX_PICTURES, true);

  ModerateTask(
      UploadJob job,
      Entries entries,
      ObjectStore store,
      ObjectProvider<Moderator> moderator,
      VerdictSettlement settlement,
      ChunkWindow window,
      StepQueue steps) {
    this.job = job;
    this.entries = entries;
    this.store = store;
    this.moderator = moderator;
    this.settlement = settlement;
    this.window = window;
    this.room = new Room(MAX_CHUNKS, steps);
  }

  @Override
  public String task() {
    return NAME;
  }

  @Override
  public JobKind<BulkUpload> kind() {
    return job;
  }

  @Override
  public Outcome work(BulkUpload upload, Attempt attempt) throws IOException, InterruptedException {
    var found = moderator.getIfAvailable();
    if (found == null) throw new FailureException(new ModeratorMissing());
    try (var _ = room.enter(attempt)) {
      judgeAll(upload, attempt, found);
    }
    return () -> window.move(upload);
  }

  private void judgeAll(BulkUpload upload, Attempt attempt, Moderator moderator)
      throws IOException, InterruptedException {
    List<Future<?>> verdicts = new ArrayList<>();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int ordinal : entries.toModerate(upload.id(), attempt.step().number())) {
        verdicts.add(
            workers.submit(() -> {
              pictures.acquire();
              try {
                attempt.handBackIfStopping();
                return judge(upload, ordinal, moderator);
              } finally {
                pictures.release();
              }
            }));
      }
    }
    for (Future<?> verdict : verdicts) await(verdict);
  }

  private boolean judge(BulkUpload upload, int ordinal, Moderator moderator)
      throws IOException, InterruptedException {
    var verdict = moderator.judge(thumbnail(upload.imageKey(ordinal)));
    return settlement.commit(upload, ordinal, verdict);
  }

  private byte[] thumbnail(ObjectKey image) throws IOException {
    try (var bytes = store.get(image.thumbnail(), 0, Long.MAX_VALUE)) {
      return bytes.readAllBytes();
    }
  }

  private static void await(Future<?> verdict) throws IOException, InterruptedException {
    try {
      verdict.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException storeOut -> throw storeOut;
        case InterruptedException stopped -> throw stopped;
        case RuntimeException fault -> throw fault;
        case null, default ->
            throw new IllegalStateException("an image could not be moderated", failed);
      }
    }
  }
}
