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
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import dev.darkroom.memory.NodeMemory;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Opens the archive of a preflight on its web server: by ranges, or where that gives none, once
/// from its front to its end.
@Component
final class PreflightSources {

  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(30);

  private final VettedHttp http;
  private final ArchiveLimits limits;
  private final RangeReading reading;

  PreflightSources(VettedHttp http, ArchiveLimits limits, Pause pause, NodeMemory memory) {
    this.http = http;
    this.limits = limits;
    this.reading = new RangeReading(memory.archives(), pause);
  }

  SourceProbe probe(SourceUrl source) {
    return SourceProbe.again(http, source, PROBE_DEADLINE, limits);
  }

  RangeSource ranges(SourceUrl source, SourceVersion version) {
    return new HttpRangeSource(http, source, version, reading);
  }

  <T> StreamedArchive<T> stream(SourceUrl source, Judge<T> judge, ArchiveStream.Progress progress) {
    return new ArchiveStream(http, limits).read(source, judge, progress);
  }
}
