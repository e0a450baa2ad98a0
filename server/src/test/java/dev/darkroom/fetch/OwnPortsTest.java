package dev.darkroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OwnPortsTest {

  private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.1.2.3");

  @Test
  void refusesItsDatabaseWhileNoNameServerAnswersAndWaitsForNone() {
    var answered = new CountDownLatch(1);
    HostLookup silent =
        _ -> {
          await(answered);
          return List.of();
        };
    try (var ports = new OwnPorts(silent, Duration.ofMillis(50))) {
      ports.add("database.internal", 5432);
      assertThat(ports.refuse(ADDRESS, 5432)).isTrue();
      assertThat(ports.refuse(ADDRESS, 5433)).as("no lookup for another port").isFalse();
    } finally {
      answered.countDown();
    }
  }

  @Test
  void refusesTheAddressesOfItsDatabaseOnly() {
    try (var ports = new OwnPorts(_ -> List.of(ADDRESS), Duration.ofSeconds(30))) {
      ports.add("database.internal", 5432);
      assertThat(ports.refuse(ADDRESS, 5432)).isTrue();
      assertThat(ports.refuse(InetAddress.ofLiteral("10.1.2.4"), 5432)).isFalse();
    }
  }

  private static void await(CountDownLatch latch) throws UnknownHostException {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    }
  }
}
