package dev.darkroom.preflight;

import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.SourceVersion;
import dev.darkroom.job.Attempt;
import dev.darkroom.job.JobKind;
import dev.darkroom.job.Room;
import dev.darkroom.job.Step;
import dev.darkroom.job.StepQueue;
import dev.darkroom.planning.Plan;
import dev.darkroom.planning.Planner;
import org.springframework.stereotype.Component;

/// Plans by the archive's directory what an upload would make of each entry. An archive without
/// ranges passes by only once, so that its images are looked at meanwhile.
@Component
final class PreflightPlanTask implements Step<Preflight> {

  static final String NAME = "preflight-plan";

  /// Each keeps an archive's end, of 64 MB and more by the default limits.
  private static final int MAX_STREAMS = 1;

  private final PreflightJob job;
  private final PreflightSources sources;
  private final Preflights preflights;
  private final Planner planner;
  private final StreamLook streamLook;
  private final Room room;

  PreflightPlanTask(
      PreflightJob job,
      PreflightSources sources,
      Preflights preflights,
      Planner planner,
      StreamLook streamLook,
      StepQueue steps) {
    this.job = job;
    this.sources = sources;
    this.preflights = preflights;
    this.planner = planner;
    this.streamLook = streamLook;
    this.room = new Room(MAX_STREAMS, steps);
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
    preflights.start(preflight.id());
    var version = sources.pin(preflight.source());
    return version.isPresent() ? planned(preflight, version.get()) : streamed(preflight, attempt);
  }

  private Outcome planned(Preflight preflight, SourceVersion version) {
    var plan = plan(preflight, sources.ranges(preflight.source(), version));
    return () -> job.planned(preflight.id(), plan, version);
  }

  private Outcome streamed(Preflight preflight, Attempt attempt) {
    try (var _ = room.enter(attempt);
        var archive = streamLook.at(preflight)) {
      var plan = plan(preflight, archive);
      var images = streamLook.forecasts(preflight, archive, plan);
      return () -> job.looked(preflight.id(), plan, images);
    }
  }

  private Plan plan(Preflight preflight, RangeSource archive) {
    return preflight.legacy()
        ? planner.legacy(archive, preflight.automaticCaptioning())
        : planner.fibo(archive);
  }
}
