package dev.darkroom.preflight;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.EntryHeads;
import dev.darkroom.archive.EntryHeads.Reach;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Room;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Looks at the first bytes of the images of one chunk, and reads the texts that hold their
/// captions. What the first bytes do not tell of, more of it may.
@Component
final class CheckTask implements Step<Preflight> {

  static final String NAME = "preflight-check";

  /// A sixth of the scheduler's threads on a node, so that uploads go on however slow a source is.
  private static final int MAX_CHUNKS = 4;

  private final PreflightJob job;
  private final PreflightSources sources;
  private final ArchiveLimits limits;
  private final PreflightEntries entries;
  private final ImageInspector inspector;
  private final Room room;

  CheckTask(
      PreflightJob job,
      PreflightSources sources,
      ArchiveLimits limits,
      PreflightEntries entries,
      ImageInspector inspector,
      StepQueue steps) {
    this.job = job;
    this.sources = sources;
    this.limits = limits;
    this.entries = entries;
    this.inspector = inspector;
    this.room = new Room(MAX_CHUNKS, steps);
  }

  @Override
  public String task() {
    return NAME;
  }

  @Override
  public JobKind<Preflight> kind() {
    return job;
  }

  @Override
  public Outcome work(Preflight preflight, Attempt attempt) {
    try (var _ = room.enter(attempt)) {
      int chunk = attempt.step().number();
      var forecast = forecast(preflight, chunk, attempt);
      var images = forecast.forecasts();
      return () -> job.checked(preflight.id(), chunk, images);
    }
  }

  private ChunkForecast forecast(Preflight preflight, int chunk, Attempt attempt) {
    var version = Objects.requireNonNull(preflight.version());
    var heads = new EntryHeads(sources.ranges(preflight.source(), version), limits);
    var forecast =
        new ChunkForecast(
            entries.chunk(preflight.id(), chunk), preflight.automaticCaptioning(), inspector);
    heads.read(
        forecast.entries(),
        Reach.FIRST,
        head -> {
          forecast.add(head);
          attempt.handBackIfStopping();
        });
    heads.read(forecast.undetermined(), Reach.FURTHEST, forecast::add);
    return forecast;
  }
}
