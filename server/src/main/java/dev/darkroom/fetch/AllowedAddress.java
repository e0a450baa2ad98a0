package dev.darkroom.fetch;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses that the operator opens to the fetcher although they are not public: a block, at one
/// port or, without one, at all.
record AllowedAddress(AddressBlock block, @Nullable Integer port) {

  private static final Pattern BRACKETS =
      Pattern.compile("\\[([^\\[\\]]*)](/[0-9]+)?(?::([0-9]+))?");
  private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]]*)()(?::([0-9]+))?");

  AllowedAddress {
    if (port != null && (port < 1 || port > 65_535)) {
      throw new IllegalArgumentException("the port is not from 1 to 65535");
    }
  }

  /// Reads `CIDR` or `CIDR:PORT`; an IPv6 block before a port stands in brackets, as in
  /// `[fd00::/8]:8443` or `[fd00::]/8:8443`.
  static AllowedAddress parse(String text) {
    try {
      return read(text.strip());
    } catch (IllegalArgumentException problem) {
      throw new IllegalArgumentException(
          "The allowed address '%s' is not CIDR[:PORT], such as 10.0.0.0/8 or [fd00::/8]:443: %s."
              .formatted(text, problem.getMessage()),
          problem);
    }
  }

  private static AllowedAddress read(String text) {
    if (!text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':')) {
      return new AllowedAddress(AddressBlock.parse(text), null);
    }
    Matcher parts = (text.startsWith("[") ? BRACKETS : PLAIN).matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("it cannot be read");
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2);
    return new AllowedAddress(AddressBlock.parse(parts.group(1) + prefix), port(parts.group(3)));
  }

  private static @Nullable Integer port(@Nullable String digits) {
    if (digits == null) {
      return null;
    }
    return digits.length() > 5 ? Integer.valueOf(-1) : Integer.valueOf(digits);
  }

  boolean matches(InetAddress address, int actualPort) {
    return (port == null || port == actualPort) && block.contains(address);
  }
}
