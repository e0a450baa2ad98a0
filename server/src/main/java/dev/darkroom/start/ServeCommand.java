package dev.darkroom.start;

import dev.darkroom.database.DatabaseSettings;
import dev.darkroom.storage.StoreLocation;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `serve`: turns options into the application's properties, and starts it.
@Command(
    name = "serve",
    description = "Starts the server, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  private final Class<?> application;

  @Option(
      names = "--port",
      defaultValue = "8080",
      converter = OptionTypes.Port.class,
      description = "Port to listen on, 0 for any that is free (DARKROOM_PORT; default: 8080)")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Data directory (DARKROOM_DATA; default: ./data)")
  private Path data = Path.of("data");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "PostgreSQL 15 or newer, in place of the embedded one, as postgresql://user:password@host/database (DARKROOM_DATABASE_URL)")
  private @Nullable String databaseUrl;

  @Option(
      names = "--store",
      paramLabel = "DIR|s3://BUCKET",
      converter = OptionTypes.Store.class,
      description =
          "Where the images are kept: a directory, or a bucket as s3://bucket/folder, whose server DARKROOM_S3_ENDPOINT and others name (DARKROOM_STORE; default: objects in the data directory)")
  private @Nullable StoreLocation store;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      converter = OptionTypes.PublicUrl.class,
      description = "The server's address as clients see it, for links (DARKROOM_PUBLIC_URL)")
  private @Nullable URI publicUrl;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "CIDR",
      split = ",",
      converter = OptionTypes.Network.class,
      description =
          "Proxies whose X-Forwarded headers tell who the client is and what it asked for, such as 10.1.0.7 or 10.1.0.0/16; repeatable (DARKROOM_TRUSTED_PROXY, separated by commas)")
  private List<String> trustedProxies = List.of();

  @Option(
      names = "--allow-address",
      paramLabel = "CIDR[:PORT]",
      split = ",",
      description =
          "Private addresses that may be fetched from, such as 10.1.0.0/16 or 127.0.0.1/32:9000; repeatable (DARKROOM_ALLOW_ADDRESS, separated by commas)")
  private List<String> allowAddresses = List.of();

  @Option(
      names = "--management-port",
      paramLabel = "[ADDRESS:]PORT",
      converter = OptionTypes.ManagementPort.class,
      description =
          "Serves /actuator here, without tokens, in place of the other port; on loopback where no address is given (DARKROOM_MANAGEMENT_PORT)")
  private OptionTypes.@Nullable Place managementPort;

  @Option(
      names = "--otlp-endpoint",
      paramLabel = "URL",
      converter = OptionTypes.PublicUrl.class,
      description =
          "Where traces are sent, such as http://127.0.0.1:4318/v1/traces (DARKROOM_OTLP_ENDPOINT; default: nowhere)")
  private @Nullable URI otlpEndpoint;

  @Option(
      names = "--trace-sampling",
      paramLabel = "SHARE",
      converter = OptionTypes.Share.class,
      description =
          "The share of requests, and of uploads, that are traced, 0 to 1 (DARKROOM_TRACE_SAMPLING; default: 0.1)")
  private @Nullable Double traceSampling;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      converter = OptionTypes.LogFormat.class,
      description =
          "text, or json: an object of the Elastic Common Schema in each line (DARKROOM_LOG_FORMAT; default: text)")
  private OptionTypes.@Nullable LogStructure logStructure;

  ServeCommand(Class<?> application) {
    this.application = application;
  }

  @Override
  public Integer call() {
    var _ =
        new DatabaseSettings(
            data, databaseUrl); // a wrong URL is said at once, before seconds go into the start
    String[] arguments =
        properties().entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    var context = SpringApplication.run(application, arguments);
    System.out.println(ReadyMessage.of(context));
    return 0;
  }

  /// Given as arguments to Spring, because those win over environment variables and files.
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("server.port", String.valueOf(port));
    properties.put("darkroom.data", absolute(data));
    if (databaseUrl != null) properties.put("darkroom.database-url", databaseUrl);
    properties.put(
        "darkroom.store", store == null ? absolute(data.resolve("objects")) : store.toString());
    if (publicUrl != null) properties.put("darkroom.public-url", publicUrl.toString());
    if (!trustedProxies.isEmpty()) {
      properties.put("darkroom.trusted-proxies", String.join(",", trustedProxies));
    }
    if (!allowAddresses.isEmpty()) {
      properties.put("darkroom.fetch.allow-addresses", String.join(",", allowAddresses));
    }
    if (managementPort != null) {
      properties.put("management.server.address", managementPort.address());
      properties.put("management.server.port", String.valueOf(managementPort.port()));
    }
    if (otlpEndpoint != null) {
      properties.put(
          "management.opentelemetry.tracing.export.otlp.endpoint", otlpEndpoint.toString());
    }
    if (traceSampling != null) {
      properties.put("management.tracing.sampling.probability", traceSampling.toString());
    }
    if (logStructure == OptionTypes.LogStructure.ECS) {
      properties.put("logging.structured.format.console", "ecs");
    }
    return properties;
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
