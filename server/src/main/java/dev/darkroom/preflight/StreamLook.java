package dev.darkroom.preflight;

import dev.darkroom.archive.ArchiveEntry;
import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.ArchiveRuns;
import dev.darkroom.archive.ArchiveStream;
import dev.darkroom.archive.StreamedArchive;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.planning.Plan;
import dev.darkroom.planning.Plan.IgnoredEntry;
import dev.darkroom.planning.PlannedImage;
import dev.darkroom.preflight.ChunkForecast.ForecastImage;
import dev.darkroom.preflight.Forecast.Fails;
import dev.darkroom.preflight.Forecast.Undetermined;
import dev.darkroom.sidecar.MetadataFile;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Looks at the images of an archive while it passes by, and says what they come to when its
/// directory is there.
@Component
final class StreamLook {

  private final PreflightSources sources;
  private final Preflights preflights;
  private final ArchiveLimits limits;
  private final ImageInspector inspector;
  private final NodeMemory memory;

  StreamLook(
      PreflightSources sources,
      Preflights preflights,
      ArchiveLimits limits,
      ImageInspector inspector,
      NodeMemory memory) {
    this.sources = sources;
    this.preflights = preflights;
    this.limits = limits;
    this.inspector = inspector;
    this.memory = memory;
  }

  /// Lets the archive pass by. The caller closes what is kept of it.
  StreamedArchive<Forecast> at(Preflight preflight) {
    return sources.stream(
        preflight.source(),
        (bytes, whole) -> Forecast.of(inspector.inspectHead(bytes, whole)),
        progress(preflight.id()));
  }

  /// What becomes of every image. Where a metadata file could not be kept, no image fails for want
  /// of what it may say.
  List<ForecastImage> forecasts(Preflight preflight, StreamedArchive<Forecast> archive, Plan plan) {
    boolean captionsKnown =
        plan.of(IgnoredEntry.class).stream()
            .map(IgnoredEntry::entry)
            .filter(MetadataFile::is)
            .allMatch(archive::holds);
    List<ForecastImage> failed =
        PreflightJob.failedByPlan(plan).stream()
            .map(image ->
                captionsKnown ? image : new ForecastImage(image.entry(), new Undetermined()))
            .toList();
    return Stream.concat(failed.stream(), looked(preflight, archive, plan).stream()).toList();
  }

  private List<ForecastImage> looked(
      Preflight preflight, StreamedArchive<Forecast> archive, Plan plan) {
    List<PlannedImage> images = plan.toRead().stream().map(PlannedImage::of).toList();
    var forecast = new ChunkForecast(images, preflight.automaticCaptioning(), inspector);
    for (PlannedImage image : images) {
      archive
          .verdict(image.entry(), Fails::new)
          .ifPresent(verdict -> forecast.add(image.entry(), verdict));
    }
    List<ArchiveEntry> texts = forecast.captionFiles().stream().filter(archive::holds).toList();
    new ArchiveRuns(archive, limits).read(texts, memory.images()::open, forecast::add);
    return forecast.forecasts();
  }

  /// Writes down each per cent once. The last one is left for the directory.
  private ArchiveStream.Progress progress(long id) {
    int[] told = {0};
    return (bytes, length) -> {
      int percent = length <= 0 ? 0 : (int) (98 * bytes / length);
      if (percent > told[0]) preflights.streamed(id, percent);
      told[0] = percent;
    };
  }
}
