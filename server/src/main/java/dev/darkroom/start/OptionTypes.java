package dev.darkroom.start;

import dev.darkroom.storage.StoreLocation;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.catalina.util.NetMask;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What the values of `serve`'s options must be; a wrong one is answered with what is right.
final class OptionTypes {

  private OptionTypes() {}

  record Place(String address, int port) {}

  enum LogStructure {
    PLAIN,
    ECS
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

  static final class ManagementPort implements ITypeConverter<Place> {
    @Override
    public Place convert(String value) {
      int colon = value.lastIndexOf(':');
      var address = colon < 0 ? "127.0.0.1" : value.substring(0, colon);
      return new Place(address, new Port().convert(value.substring(colon + 1)));
    }
  }

  static final class LogFormat implements ITypeConverter<LogStructure> {
    @Override
    public LogStructure convert(String value) {
      return switch (value) {
        case "text" -> LogStructure.PLAIN;
        case "json" -> LogStructure.ECS;
        default ->
            throw new TypeConversionException("'" + value + "' is no format; use text or json");
      };
    }
  }

  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      if (value.matches("0|1|[01]?\\.\\d{1,9}") && Double.parseDouble(value) <= 1) {
        return Double.valueOf(value);
      }
      throw new TypeConversionException("'" + value + "' is not a share; use 0 to 1");
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
