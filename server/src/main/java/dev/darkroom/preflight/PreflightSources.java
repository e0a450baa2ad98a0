package dev.darkroom.preflight;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.ArchiveStream;
import dev.darkroom.archive.HttpRangeSource;
import dev.darkroom.archive.Pause;
import dev.darkroom.archive.RangeReading;
import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.SourceProbe;
import dev.darkroom.archive.SourceVersion;
import dev.darkroom.archive.StreamedArchive;
import dev.darkroom.archive.StreamedArchive.Judge;
import dev.darkroom.bulkupload.ArchiveSource;
import dev.darkroom.bulkupload.ArchiveSource.OnTheWeb;
import dev.darkroom.bulkupload.ArchiveSource.Staged;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.NodeMemory;
import dev.darkroom.stagedupload.StagedUploads;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Opens the archive of a preflight on its web server: by ranges, or where that gives none, once
/// from its front to its end; or where it was staged.
@Component
final class PreflightSources {

  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(30);

  private final VettedHttp http;
  private final ArchiveLimits limits;
  private final StagedUploads staged;
  private final RangeReading reading;

  PreflightSources(
      VettedHttp http, ArchiveLimits limits, StagedUploads staged, Pause pause, NodeMemory memory) {
    this.http = http;
    this.limits = limits;
    this.staged = staged;
    this.reading = new RangeReading(memory.archives(), pause);
  }

  /// The version that can be read by ranges; none where there are no ranges.
  Optional<SourceVersion> pin(ArchiveSource source) {
    return switch (source) {
      case OnTheWeb(var url) ->
          Optional.of(SourceProbe.again(http, url, PROBE_DEADLINE, limits))
              .filter(SourceProbe::rangesWork)
              .map(SourceProbe::version);
      case Staged(var uploadId) ->
          Optional.of(SourceVersion.ofLength(staged.open(uploadId).length()));
    };
  }

  RangeSource ranges(ArchiveSource source, SourceVersion version) {
    return switch (source) {
      case OnTheWeb(var url) -> new HttpRangeSource(http, url, version, reading);
      case Staged(var uploadId) -> staged.open(uploadId);
    };
  }

  <T> StreamedArchive<T> stream(
      ArchiveSource source, Judge<T> judge, ArchiveStream.Progress progress) {
    return switch (source) {
      case OnTheWeb(var url) -> new ArchiveStream(http, limits).read(url, judge, progress);
      case Staged _ -> throw new IllegalStateException("what is staged can be read by ranges");
    };
  }
}
