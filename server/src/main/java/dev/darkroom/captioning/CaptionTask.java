package dev.darkroom.captioning;

import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/// Captions one batch of pictures.
@Component
final class CaptionTask implements Step<CaptionRun> {

  static final String NAME = "caption";

  /// Half of the scheduler's threads on a node: the other half is left to everything else, so that
  /// no upload waits to be read because of captions, however many runs there are. The lanes are
  /// long full by then.
  static final int MAX_BATCHES = 8;

  /// How soon a batch is tried again for which there was no room.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CaptionJob job;
  private final CaptionItems items;
  private final CaptionTools tools;
  private final Semaphore room = new Semaphore(MAX_BATCHES);

  CaptionTask(CaptionJob job, CaptionItems items, CaptionTools tools) {
    this.job = job;
    this.items = items;
    this.tools = tools;
  }

  @Override
  public String task() {
    return NAME;
  }

  @Override
  public JobKind<CaptionRun> kind() {
    return job;
  }

  @Override
  public Outcome work(CaptionRun run, Attempt attempt) throws IOException, InterruptedException {
    if (!room.tryAcquire()) throw attempt.handedBack(PAUSE);
    try {
      new CaptionBatch(tools, run, attempt)
          .settle(items.openPictures(run.id(), attempt.step().number()));
    } finally {
      room.release();
    }
    return () -> job.next(run);
  }
}
