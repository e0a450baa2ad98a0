package dev.darkroom.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every command that talks to a server.
final class ServerOptions {

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:DARKROOM_URL:-http://127.0.0.1:8080}",
      description = "The server; DARKROOM_URL when not given, else http://127.0.0.1:8080.")
  String server = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:DARKROOM_TOKEN}",
      description =
          "The API token; DARKROOM_TOKEN when not given, which other users of this machine cannot"
              + " read from the process list.")
  @Nullable String token;

  @Option(names = "--json", description = "Print the server's status body and nothing else.")
  boolean json;

  Darkroom connect() {
    if (token == null || token.isBlank()) {
      throw usage("No API token: set DARKROOM_TOKEN or give --token.");
    }
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw usage("The API token holds characters that no token has.");
    }
    return new Darkroom(serverUrl(), token);
  }

  private URI serverUrl() {
    try {
      URI url = URI.create(server);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean plain = url.getUserInfo() == null && url.getQuery() == null;
      if (web && plain && url.getHost() != null) return url;
    } catch (IllegalArgumentException _) {
      // Reported below, as any other text that is no URL.
    }
    throw usage("--server must be a URL such as http://127.0.0.1:8080, not: " + server);
  }

  ParameterException usage(String message) {
    if (spec == null) throw new IllegalStateException("options used outside of a command");
    return new ParameterException(spec.commandLine(), message);
  }
}
