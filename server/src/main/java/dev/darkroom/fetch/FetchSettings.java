package dev.darkroom.fetch;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How far and how patiently the fetcher reaches.
///
/// @param allowAddresses addresses that are fetched from although they are not public: CIDR[:PORT]
/// @param connectTimeout for the name lookup, for the connection and for its TLS handshake, each
/// @param idleTimeout how long a source may send nothing
/// @param maxRedirects how many redirects of one URL are followed
@ConfigurationProperties("darkroom.fetch")
public record FetchSettings(
    @DefaultValue List<String> allowAddresses,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("30s") Duration idleTimeout,
    @DefaultValue("5") int maxRedirects) {

  public FetchSettings {
    allowAddresses = List.copyOf(allowAddresses);
    allowAddresses.forEach(AllowedAddress::parse);
    requireTimeout("connect-timeout", connectTimeout);
    requireTimeout("idle-timeout", idleTimeout);
    if (maxRedirects < 0 || maxRedirects > 20) {
      throw new IllegalArgumentException(
          "darkroom.fetch.max-redirects is %d; it must be from 0 to 20".formatted(maxRedirects));
    }
  }

  /// In milliseconds, and short enough to fit the socket option, for which 0 means for ever.
  private static void requireTimeout(String name, Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "darkroom.fetch.%s is %s; it must be from 1 ms to 1 h".formatted(name, timeout));
    }
  }

  List<AllowedAddress> allowed() {
    return allowAddresses.stream().map(AllowedAddress::parse).toList();
  }

  /// The longest that one exchange can take until its first bytes are there when every hop is just
  /// within its timeouts; beyond it the source only trickles.
  Duration longestStart() {
    return connectTimeout.multipliedBy(2).plus(idleTimeout).multipliedBy(maxRedirects + 1L);
  }
}
