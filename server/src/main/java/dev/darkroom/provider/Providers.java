package dev.darkroom.provider;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/// Opens the way to providers.
@Component
public final class Providers implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final ProviderGates gates;
  private final Clock clock;
  private final RestClient.Builder builder;
  private final HttpClient connections;
  private final Set<String> opened = ConcurrentHashMap.newKeySet();

  @Autowired
  public Providers(JdbcClient jdbc, Clock clock, RestClient.Builder builder) {
    this(new SharedGates(jdbc), clock, builder);
  }

  private Providers(ProviderGates gates, Clock clock, RestClient.Builder builder) {
    this.gates = gates;
    this.clock = clock;
    this.builder = builder;
    this.connections =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            // The JDK's offer to upgrade a plain connection to HTTP/2 makes some servers of models
            // drop the request's body.
            .version(HttpClient.Version.HTTP_1_1)
            // They would take the key along.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// For a command that has no database: each fault is told, and none is remembered.
  public static Providers withoutGates() {
    return new Providers(new NoGates(), Clock.systemUTC(), RestClient.builder());
  }

  /// The way to a provider, with permits of its own: one for each provider and node.
  ///
  /// @param settings those of a provider that is configured
  public Provider open(ProviderSettings settings) {
    opened.add(settings.name());
    return new Provider(
        settings,
        new ProviderGate(settings.name(), gates, clock),
        new ProviderHttp(builder, connections, settings));
  }

  /// Why a provider that was opened here is not asked now, on any node. None where it is, or where
  /// there is none of this name.
  ///
  /// @param name such as `captioner`
  public Optional<ProviderOutage> findOutage(String name) {
    if (!opened.contains(name)) return Optional.empty();
    return gates
        .find(name)
        .filter(gate -> !gate.isOpen())
        .map(gate ->
            new ProviderOutage(
                gate.busy(), Objects.requireNonNullElse(gate.reason(), ""), gate.openAt()));
  }

  @Override
  public void close() {
    connections.shutdownNow();
  }
}
