package dev.darkroom.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host name, never of a literal address. Safe for use by many threads at
/// once.
@FunctionalInterface
interface HostLookup {

  /// As the system is configured: hosts file, name servers.
  HostLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  List<InetAddress> addresses(String host) throws UnknownHostException;
}
