package dev.darkroom.fetch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Resolves hosts to the addresses that may be fetched from. The client asks it for every
/// connection that it opens, literal addresses included, and connects to exactly what it returns:
/// vetting and connecting are one step, and no second lookup can answer otherwise in between. What
/// is refused reads as a host that does not exist. Safe for use by many threads at once.
final class PublicAddresses implements DnsResolver {

  private static final Logger log = LoggerFactory.getLogger(PublicAddresses.class);

  /// A host whose last label is a number is an IPv4 address in one of its spellings, or nothing; a
  /// resolver must not be left to read it in its own way.
  private static final Pattern NUMERIC = Pattern.compile("(?i)(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  private final List<AllowedAddress> allowed;
  private final OwnPorts ownPorts;
  private final HostLookup lookup;

  PublicAddresses(List<AllowedAddress> allowed, OwnPorts ownPorts, HostLookup lookup) {
    this.allowed = List.copyOf(allowed);
    this.ownPorts = ownPorts;
    this.lookup = lookup;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    List<InetAddress> found = addresses(withoutRootDot(host));
    List<InetSocketAddress> vetted =
        found.stream()
            .filter(address -> admits(host, address, port))
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    if (vetted.isEmpty()) {
      log.info("source.unreachable: no address of {} may be fetched from: {}", host, found);
      throw new UnknownHostException(host);
    }
    return vetted;
  }

  private List<InetAddress> addresses(String host) throws UnknownHostException {
    try {
      if (host.indexOf(':') >= 0) {
        return List.of(InetAddress.ofLiteral(host));
      }
      if (NUMERIC.matcher(host).matches()) {
        return List.of(Inet4Address.ofPosixLiteral(host));
      }
    } catch (IllegalArgumentException _) {
      throw new UnknownHostException(host);
    }
    return lookup.addresses(host);
  }

  private boolean admits(String host, InetAddress address, int port) {
    if (ownPorts.refuse(address, port)) {
      return false;
    }
    // Java turns a literal ::ffff:1.2.3.4 into an IPv4 address; the spelling alone is suspect.
    boolean mapped = host.indexOf(':') >= 0 && !(address instanceof Inet6Address);
    return allowed.stream().anyMatch(open -> open.matches(address, port))
        || (!mapped && !ReservedAddresses.contain(address));
  }

  private static String withoutRootDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /// Without a port nothing can be vetted, so there is no answer.
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  /// Without a port nothing can be vetted, so there is no answer.
  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }
}
