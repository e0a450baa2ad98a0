package dev.darkroom.doctor;

import dev.darkroom.archive.ArchiveLimits;
import dev.darkroom.archive.SourceProbe;
import dev.darkroom.fetch.FetchSettings;
import dev.darkroom.fetch.OwnPorts;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Whether the ZIP at a URL can be fetched from this machine, as an upload would fetch it.
///
/// @param allowAddresses private addresses that may be fetched from
record SourceCheck(String url, List<String> allowAddresses, Environment environment) {

  private static final String NAME = "source";

  /// As long as a server looks before it accepts an upload.
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  Finding run() throws IOException {
    var source = SourceUrl.parse(url);
    try (var ports = new OwnPorts();
        var http = new VettedHttp(settings(), ports)) {
      var probe = SourceProbe.probe(http, source, DEADLINE, limits());
      String size =
          probe.version().length() < 0
              ? "of a length that it does not tell"
              : MachineChecks.bytes(probe.version().length());
      String found = "%s can be fetched, %s.".formatted(source.shown(), size);
      return probe.rangesWork()
          ? Finding.ok(NAME, found)
          : Finding.warning(
              NAME, found + " It gives no ranges, so that all of it is copied before it is read.");
    }
  }

  private FetchSettings settings() {
    var bound = Binder.get(environment).bindOrCreate("darkroom.fetch", FetchSettings.class);
    return new FetchSettings(
        allowAddresses, bound.connectTimeout(), bound.idleTimeout(), bound.maxRedirects());
  }

  private ArchiveLimits limits() {
    return Binder.get(environment).bindOrCreate("darkroom.limits", ArchiveLimits.class);
  }
}
