package dev.darkroom.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// The addresses that are not global unicast: whatever answers there is private to this machine, to
/// its network or to its cloud, or reaches an IPv4 address by another name. From the IANA
/// special-purpose address registries (RFC 6890 and its successors).
final class ReservedAddresses {

  private static final List<AddressBlock> IPV4 =
      blocks(
          "0.0.0.0/8", // this network; Linux connects 0.0.0.0 to itself
          "10.0.0.0/8", // private, RFC 1918
          "100.64.0.0/10", // carrier-grade NAT, RFC 6598; some clouds' metadata
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // the platform service inside Azure, public by number only
          "169.254.0.0/16", // link-local; most clouds' metadata
          "172.16.0.0/12", // private, RFC 1918
          "192.0.0.0/24", // protocol assignments; a cloud's metadata
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays, withdrawn
          "192.168.0.0/16", // private, RFC 1918
          "198.18.0.0/15", // benchmarking
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /// All that IANA has given out so far. Outside of it lie loopback, `::/96`, the IPv4-mapped
  /// `::ffff:0:0/96`, NAT64 `64:ff9b::/96` and `64:ff9b:1::/48`, unique local `fc00::/7`,
  /// link-local `fe80::/10`, site-local `fec0::/10` and multicast `ff00::/8`.
  private static final AddressBlock IPV6_GLOBAL = AddressBlock.parse("2000::/3");

  private static final List<AddressBlock> IPV6 =
      blocks(
          "2001::/23", // protocol assignments: Teredo 2001::/32, benchmarking, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which carries an IPv4 address
          "3ffe::/16", // the 6bone, returned
          "3fff::/20"); // documentation

  private ReservedAddresses() {}

  static boolean contain(InetAddress address) {
    if (address instanceof Inet4Address) {
      return isIn(IPV4, address);
    }
    return !IPV6_GLOBAL.contains(address) || isIn(IPV6, address) || isIsatap(address.getAddress());
  }

  private static boolean isIn(List<AddressBlock> blocks, InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /// RFC 5214: under any prefix, an interface identifier of `[02]00:5efe` and an IPv4 address.
  private static boolean isIsatap(byte[] address) {
    return (address[8] & ~2) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static List<AddressBlock> blocks(String... texts) {
    return List.of(texts).stream().map(AddressBlock::parse).toList();
  }
}
