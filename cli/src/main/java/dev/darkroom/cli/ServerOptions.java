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
      description =
          "The server; DARKROOM_URL when not given, else url of the file"
              + " ~/.config/darkroom/config, else http://127.0.0.1:8080.")
  String server = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The API token; DARKROOM_TOKEN when not given, else token of that file. Other users of"
              + " this machine can read it in the process list, but not there.")
  String token = "";

  @Option(names = "--json", description = "Print the server's answer as JSON and nothing else.")
  boolean json;

  private final Surroundings surroundings;

  ServerOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Darkroom connect() {
    var settings = Settings.of(new Settings(server, token), surroundings);
    return new Darkroom(serverUrl(settings.url()), checked(settings.token()));
  }

  ResultPrinter printer() {
    return new ResultPrinter(surroundings.terminal(), json);
  }

  private String checked(String token) {
    if (token.isBlank()) {
      throw usage("No API token: set DARKROOM_TOKEN or give --token.");
    }
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw usage("The API token holds characters that no token has.");
    }
    return token;
  }

  private URI serverUrl(String server) {
    try {
      URI url = URI.create(server);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean plain = url.getUserInfo() == null && url.getQuery() == null;
      if (web && plain && url.getHost() != null) return url;
    } catch (IllegalArgumentException _) {
      // Reported below, as any other text that is no URL.
    }
    throw usage("The server must be a URL such as http://127.0.0.1:8080, not: " + server);
  }

  ParameterException usage(String message) {
    if (spec == null) throw new IllegalStateException("options used outside of a command");
    return new ParameterException(spec.commandLine(), message);
  }
}
