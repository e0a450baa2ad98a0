package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, 80, true",
    "10.0.0.0/8, 11.0.0.1, 80, false",
    "127.0.0.1/32:9000, 127.0.0.1, 9000, true",
    "127.0.0.1/32:9000, 127.0.0.1, 9001, false",
    "127.0.0.1/32:9000, 127.0.0.2, 9000, false",
    "127.0.0.1, 127.0.0.1, 1, true",
    "127.0.0.1:80, 127.0.0.1, 80, true",
    "172.16.0.0/12, 172.31.255.255, 80, true",
    "172.16.0.0/12, 172.32.0.0, 80, false",
    "0.0.0.0/0, 192.168.1.1, 80, true",
    "0.0.0.0/0, ::1, 80, false",
    "fd00::/8, fd12::1, 80, true",
    "fd00::/8, fc00::1, 80, false",
    "::1, ::1, 80, true",
    "[::1], ::1, 80, true",
    "[::1]:8443, ::1, 8443, true",
    "[::1]:8443, ::1, 80, false",
    "[fd00::]/8:8443, fdff::1, 8443, true",
    "[fd00::/8]:8443, fdff::1, 8443, true",
    "[fd00::/8]:8443, fdff::1, 8444, false",
    "::/0, 2606:4700::1111, 80, true",
    "::/0, 10.0.0.1, 80, false",
  })
  void opensItsBlockAtItsPort(String allowed, String address, int port, boolean open) {
    assertThat(AllowedAddress.parse(allowed).matches(InetAddress.ofLiteral(address), port))
        .isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, IP address",
    "'', IP address",
    "10.0.0.0/33, between 0 and 32",
    "fd00::/129, between 0 and 128",
    "10.1.2.3/8, beyond its prefix",
    "fd00::1/8, beyond its prefix",
    "10.0.0.0/8:0, from 1 to 65535",
    "10.0.0.0/8:65536, from 1 to 65535",
    "10.0.0.0/8:1234567, from 1 to 65535",
    "10.0.0.0/8:http, cannot be read",
    "10.0.0.0/8:, cannot be read",
    "[fd00::/8, cannot be read",
    "[fd00::/8]/8, IP address",
    "010.0.0.0/8, leading zero",
    "10.0.010.0/24, leading zero",
    "10.0.0.0/-1, IP address",
  })
  void saysWhatIsWrongWithIt(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedAddress.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("CIDR[:PORT]")
        .withMessageContaining(problem);
  }
}
