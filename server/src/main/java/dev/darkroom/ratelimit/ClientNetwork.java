package dev.darkroom.ratelimit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What a client can be told by: its IPv4 address, or the first 64 bits of its IPv6 address, of
/// which it has all others to itself.
///
/// @param text an address, the hexadecimal digits of a network, or `unknown`
record ClientNetwork(String text) {

  private static final int NETWORK_BYTES = 8;

  /// As some proxies name a client, with its port.
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d+)?|([0-9.]+):\\d+");

  static ClientNetwork of(String address) {
    var withPort = WITH_PORT.matcher(address);
    if (!withPort.matches()) return ofLiteral(address);
    return ofLiteral(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
  }

  private static ClientNetwork ofLiteral(String literal) {
    try {
      var address = InetAddress.ofLiteral(literal);
      return new ClientNetwork(
          address instanceof Inet4Address
              ? address.getHostAddress()
              : HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)));
    } catch (IllegalArgumentException _) {
      return new ClientNetwork("unknown");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
