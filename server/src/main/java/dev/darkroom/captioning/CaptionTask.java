package dev.darkroom.captioning;

import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Room;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import java.io.IOException;
import org.springframework.stereotype.Component;

/// Captions one batch of pictures.
@Component
final class CaptionTask implements Step<CaptionRun> {

  static final String NAME = "caption";

  /// Of the scheduler's twenty threads on a node: the others are left to everything else, so that
  /// no upload waits to be read because of captions, however many runs there are. The lanes are
  /// long full by then.
  static final int MAX_BATCHES = 8;

  private final CaptionJob job;
  private final CaptionItems items;
  private final CaptionTools tools;
  private final Room room;

  CaptionTask(CaptionJob job, CaptionItems items, CaptionTools tools, StepQueue steps) {
    this.job = job;
    this.items = items;
    this.tools = tools;
    this.room = new Room(MAX_BATCHES, steps);
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
    try (var _ = room.enter(attempt)) {
      new CaptionBatch(tools, run, attempt)
          .settle(items.openPictures(run.id(), attempt.step().number()));
    }
    return () -> job.next(run);
  }
}
