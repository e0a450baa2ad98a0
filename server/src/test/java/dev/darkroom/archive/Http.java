package dev.darkroom.archive;

import dev.darkroom.fetch.FetchSettings;
import dev.darkroom.fetch.OwnPorts;
import dev.darkroom.fetch.SourceUrl;
import dev.darkroom.fetch.VettedHttp;
import java.time.Duration;
import java.util.List;

/// The fetcher as tests want it: loopback is open to it, and it does not wait long.
final class Http {

  private Http() {}

  static VettedHttp open(Duration idleTimeout) {
    var settings =
        new FetchSettings(List.of("127.0.0.1/32"), Duration.ofSeconds(5), idleTimeout, 5);
    return new VettedHttp(settings, new OwnPorts());
  }

  static VettedHttp open() {
    return open(Duration.ofSeconds(20));
  }

  static SourceUrl url(ZipServer server) {
    return SourceUrl.parse(server.url());
  }
}
