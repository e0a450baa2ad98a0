package dev.darkroom.fetch;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A block of IPv4 or IPv6 addresses in CIDR notation.
record AddressBlock(InetAddress base, int prefix) {

  private static final Pattern NOTATION = Pattern.compile("([0-9A-Fa-f:.]+)(?:/([0-9]{1,3}))?");

  private static final Pattern AMBIGUOUS = Pattern.compile("^[0-9.]*\\b0[0-9]");

  AddressBlock {
    byte[] bytes = base.getAddress();
    if (prefix < 0 || prefix > bytes.length * 8) {
      throw new IllegalArgumentException(
          "the prefix /%d is not between 0 and %d".formatted(prefix, bytes.length * 8));
    }
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        throw new IllegalArgumentException(
            "%s has bits set beyond its prefix /%d".formatted(base.getHostAddress(), prefix));
      }
    }
  }

  /// Reads `10.0.0.0/8` or `fd00::/8`; an address alone is the block of that one address.
  static AddressBlock parse(String text) {
    Matcher notation = NOTATION.matcher(text);
    if (!notation.matches()) {
      throw new IllegalArgumentException("it is not an IP address with a prefix");
    }
    if (AMBIGUOUS.matcher(text).find()) {
      throw new IllegalArgumentException("a leading zero may be read as octal");
    }
    InetAddress base = InetAddress.ofLiteral(notation.group(1));
    String prefix = notation.group(2);
    return new AddressBlock(
        base, prefix == null ? base.getAddress().length * 8 : Integer.parseInt(prefix));
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (((mine[bit / 8] ^ other[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }
}
