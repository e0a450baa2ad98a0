package dev.darkroom.fetch;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// The ports that the program itself listens on, and those of its database: no URL reaches them,
/// whatever addresses the operator has opened. Safe for use by many threads at once.
@Component
public class OwnPorts implements AutoCloseable {

  /// A name server that is silent for longer gives no answer, and the port stays closed.
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);

  private record Endpoint(String host, int port) {}

  private final Set<Integer> local = ConcurrentHashMap.newKeySet();
  private final Set<Endpoint> remote = ConcurrentHashMap.newKeySet();

  private final BoundedLookup names;

  public OwnPorts() {
    this(HostLookup.SYSTEM, LOOKUP_TIMEOUT);
  }

  OwnPorts(HostLookup lookup, Duration timeout) {
    this.names = new BoundedLookup(lookup, timeout);
  }

  @Override
  public void close() {
    names.close();
  }

  /// Refuses the port on every address of this machine.
  public void add(int port) {
    local.add(port);
  }

  /// Refuses the port on every address of the host, such as that of an external database.
  public void add(String host, int port) {
    remote.add(new Endpoint(host, port));
  }

  boolean refuse(InetAddress address, int port) {
    return (local.contains(port) && isOfThisMachine(address))
        || remote.stream().anyMatch(own -> own.port() == port && hasAddress(own.host(), address));
  }

  private static boolean isOfThisMachine(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return true;
    }
    try {
      // By bytes: an IPv6 address of an interface also carries a scope, which a URL's does not.
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(own -> Arrays.equals(own.getAddress(), address.getAddress()));
    } catch (SocketException _) {
      return true; // Nobody can tell, so nothing is opened.
    }
  }

  private boolean hasAddress(String host, InetAddress address) {
    try {
      return names.addresses(host).contains(address);
    } catch (UnknownHostException _) {
      return true; // Nobody can tell, so nothing is opened.
    }
  }
}
