package dev.darkroom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "203.0.113.7:50123, 203.0.113.7",
    "2001:db8:1:2:aaaa::1, 20010db800010002",
    "2001:db8:1:2:bbbb::9, 20010db800010002",
    "2001:db8:1:3::1, 20010db800010003",
    "[2001:db8:1:2::1]:50123, 20010db800010002",
    "[2001:db8:1:2::1], 20010db800010002",
    "::ffff:203.0.113.7, 203.0.113.7",
    "unknown, unknown",
    "_hidden, unknown",
    "client.example, unknown"
  })
  void isWhatAClientCannotChangeByItself(String address, String network) {
    assertThat(ClientNetwork.of(address)).hasToString(network);
  }
}
