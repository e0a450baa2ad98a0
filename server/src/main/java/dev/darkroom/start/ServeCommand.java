package dev.darkroom.start;

import dev.darkroom.database.DatabaseSettings;
import dev.darkroom.storage.StoreLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.catalina.util.NetMask;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
      converter = Port.class,
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
      converter = Store.class,
      description =
          "Where the images are kept: a directory, or a bucket as s3://bucket/folder, whose server DARKROOM_S3_ENDPOINT and others name (DARKROOM_STORE; default: objects in the data directory)")
  private @Nullable StoreLocation store;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      converter = PublicUrl.class,
      description = "The server's address as clients see it, for links (DARKROOM_PUBLIC_URL)")
  private @Nullable URI publicUrl;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "CIDR",
      split = ",",
      converter = Network.class,
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
    return properties;
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
        return Integer.valueOf(value);
      }
      throw new TypeConversionException("'" + value + "' is not a port; use 0 to 65535");
    }
  }

  static final class Store implements ITypeConverter<StoreLocation> {
    @Override
    public StoreLocation convert(String value) {
      try {
        return StoreLocation.of(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class Network implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      try {
        return new NetMask(value).toString();
      } catch (IllegalArgumentException _) {
        throw new TypeConversionException(
            "'%s' is neither an address nor a network such as 10.1.0.0/16".formatted(value));
      }
    }
  }

  static final class PublicUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      try {
        var url = new URI(value.replaceFirst("/+$", ""));
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (web && url.getHost() != null && isPlain(url)) return url;
      } catch (URISyntaxException _) {
        // Falls through to the one answer for all that is not such a URL.
      }
      throw new TypeConversionException(
          "'%s' is not an address such as https://images.example.com, without user, query or fragment"
              .formatted(value));
    }

    private static boolean isPlain(URI url) {
      return url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
    }
  }
}
