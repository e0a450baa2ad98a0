package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  private final OwnPorts ownPorts = new OwnPorts();

  @ParameterizedTest
  @ValueSource(
      strings = {
        // This machine, in every spelling
        "127.0.0.1",
        "127.0.0.2",
        "127.255.255.255",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "2130706433",
        "0x7f000001",
        "0X7F.1",
        "0x7f.0.0.0x1",
        "0177.0.0.1",
        "0177.1",
        "017700000001",
        "0.0.0.0",
        "0",
        "0.1.2.3",
        "::1",
        "::",
        "0:0:0:0:0:0:0:1",
        // Private networks
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "3232235521",
        "0xc0a80001",
        "192.168.257",
        "012.0.0.1",
        // The provider's side
        "100.64.0.1",
        "100.127.255.255",
        "100.100.100.200",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.0.1",
        // Documentation, benchmarking, relays, multicast, reserved, broadcast
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "198.18.0.1",
        "198.19.255.255",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "4294967295",
        // IPv6
        "fc00::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "100::1",
        "2001:db8::1",
        "3fff::1",
        "3ffe::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "4000::1",
        "5f00::1",
        "1fff::1",
        // IPv4 by another name
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::8.8.8.8",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "2001:0:4136:e378::1",
        "2001::1",
        "2600::5efe:127.0.0.1",
        "2600::200:5efe:8.8.8.8",
        "fe80::5efe:10.0.0.1",
        // Not an address, though its last label is a number
        "127.0.0.08",
        "256.1.1.1",
        "1.2.3.4.5",
        "4294967296",
        "0x1ffffffff",
        "a.1",
        "1.2.3.0x",
        "1:2:3",
        "::1%lo",
        "127.0.0.1:80",
      })
  void refusesWhatIsNotGlobalUnicast(String host) {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> vetting(List.of()).resolve(host, 80));
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, 8.8.8.8",
    "8.8.8.8., 8.8.8.8",
    "134744072, 8.8.8.8",
    "0x08080808, 8.8.8.8",
    "010.010.010.010, 8.8.8.8",
    "1.1, 1.0.0.1",
    "9.255.255.255, 9.255.255.255",
    "11.0.0.0, 11.0.0.0",
    "100.63.255.255, 100.63.255.255",
    "100.128.0.0, 100.128.0.0",
    "126.255.255.255, 126.255.255.255",
    "128.0.0.1, 128.0.0.1",
    "169.253.255.255, 169.253.255.255",
    "169.255.0.0, 169.255.0.0",
    "172.15.255.255, 172.15.255.255",
    "172.32.0.0, 172.32.0.0",
    "192.167.255.255, 192.167.255.255",
    "192.169.0.0, 192.169.0.0",
    "198.17.255.255, 198.17.255.255",
    "198.20.0.0, 198.20.0.0",
    "223.255.255.255, 223.255.255.255",
    "2606:4700:4700::1111, 2606:4700:4700::1111",
    "2001:200::1, 2001:200::1",
    "2001:4860:4860::8888, 2001:4860:4860::8888",
    "2a00:1450::1, 2a00:1450::1",
    "2003::1, 2003::1",
    "3fff:1000::1, 3fff:1000::1",
  })
  void admitsPublicAddressesInAnySpelling(String host, String address) throws Exception {
    assertThat(vetting(List.of()).resolve(host, 443))
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral(address), 443));
  }

  @Test
  void leavesOutThePrivateAddressesOfAName() throws Exception {
    var vetting = vetting(List.of(), "10.0.0.1", "8.8.8.8", "::1", "2606:4700:4700::1111");

    assertThat(vetting.resolve("mixed.example", 80))
        .extracting(address -> address.getAddress().getHostAddress())
        .containsExactly("8.8.8.8", "2606:4700:4700:0:0:0:0:1111");
  }

  @Test
  void refusesANameWithPrivateAddressesOnlyAsOneThatDoesNotResolve() {
    var refused = vetting(List.of(), "10.0.0.1", "fd00::1");
    PublicAddresses unresolved =
        new PublicAddresses(
            List.of(),
            ownPorts,
            host -> {
              throw new UnknownHostException(host);
            });

    for (PublicAddresses vetting : List.of(refused, unresolved)) {
      assertThatExceptionOfType(UnknownHostException.class)
          .isThrownBy(() -> vetting.resolve("intern.example", 80))
          .withMessage("intern.example")
          .withNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost.", "LOCALHOST"})
  void refusesTheNamesOfThisMachine(String host) {
    var vetting = new PublicAddresses(List.of(), ownPorts, HostLookup.SYSTEM);

    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> vetting.resolve(host, 80));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8:80, 10.1.2.3, true",
    "10.0.0.0/8:81, 10.1.2.3, false",
    "10.0.0.0/8, 11.0.0.1, true",
    "10.0.0.0/8, 192.168.0.1, false",
    "127.0.0.1/32, 2130706433, true",
    "127.0.0.1/32, ::ffff:127.0.0.1, true",
    "127.0.0.1/32, ::127.0.0.1, false",
    "127.0.0.1/32, ::1, false",
    "::1/128, ::1, true",
    "fd00::/8, fd12::1, true",
    "64:ff9b::/96, 64:ff9b::8.8.8.8, true",
  })
  void opensWhatTheOperatorAllows(String allowed, String host, boolean open) {
    var vetting = vetting(List.of(AllowedAddress.parse(allowed)));

    assertThat(admits(vetting, host, 80)).isEqualTo(open);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.9",
        "0.0.0.0",
        "::1",
        "::",
        "2130706433",
        "::ffff:127.0.0.1"
      })
  void refusesItsOwnPortsWhateverIsAllowed(String host) {
    ownPorts.add(8080);
    var vetting =
        vetting(
            List.of(
                AllowedAddress.parse("0.0.0.0/0"),
                AllowedAddress.parse("::/0"),
                AllowedAddress.parse("127.0.0.1/32:8080")));

    assertThat(admits(vetting, host, 8080)).isFalse();
    assertThat(admits(vetting, host, 8081)).isTrue();
  }

  @Test
  void refusesItsOwnPortsOnEveryInterface() throws Exception {
    ownPorts.add(8080);
    var vetting = vetting(List.of(AllowedAddress.parse("0.0.0.0/0"), AllowedAddress.parse("::/0")));
    List<String> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
            .toList();

    assertThat(own).isNotEmpty().noneMatch(host -> admits(vetting, host, 8080));
    assertThat(own).allMatch(host -> admits(vetting, host, 8081));
    assertThat(admits(vetting, "10.99.99.99", 8080)).isTrue();
  }

  @Test
  void refusesItsDatabaseOnAnotherMachine() {
    ownPorts.add("10.5.5.5", 5432);
    ownPorts.add("database.invalid", 5433);
    var vetting = vetting(List.of(AllowedAddress.parse("10.0.0.0/8")));

    assertThat(admits(vetting, "10.5.5.5", 5432)).isFalse();
    assertThat(admits(vetting, "10.5.5.5", 80)).isTrue();
    assertThat(admits(vetting, "10.5.5.6", 5432)).isTrue();
    // A database whose address nobody can tell might be any.
    assertThat(admits(vetting, "10.5.5.6", 5433)).isFalse();
  }

  @Test
  void vetsNothingWithoutAPort() {
    var vetting = vetting(List.of(), "8.8.8.8");

    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> vetting.resolve("public.example"));
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> vetting.resolveCanonicalHostname("public.example"));
  }

  private static boolean admits(PublicAddresses vetting, String host, int port) {
    try {
      return !vetting.resolve(host, port).isEmpty();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /// Every name resolves to these addresses.
  private PublicAddresses vetting(List<AllowedAddress> allowed, String... addresses) {
    List<InetAddress> found = Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    return new PublicAddresses(allowed, ownPorts, _ -> found);
  }
}
