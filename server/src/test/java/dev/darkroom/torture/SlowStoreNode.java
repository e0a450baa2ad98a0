package dev.darkroom.torture;

import dev.darkroom.storage.ObjectStore;
import dev.darkroom.torture.Moment.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The real application in a process of its own, where each put takes 50 ms more.
final class SlowStoreNode {

  private static final Duration MORE = Duration.ofMillis(50);

  private SlowStoreNode() {}

  static final class Configuration {

    @Bean
    Reporter reporter(
        @Value("${torture.observer}") URI observer,
        @Value("${db-scheduler.scheduler-name}") String node) {
      return new Reporter(observer, node);
    }

    @Bean
    @Primary
    ObjectStore slowStore(@Qualifier("objectStore") ObjectStore store) {
      return new ReportingStore(
          store,
          (moment, _) -> {
            if (moment.stage() == Stage.PUTS) LockSupport.parkNanos(MORE.toNanos());
            return true;
          });
    }
  }

  /// Runs until it is killed, or the test ends.
  ///
  /// @param arguments properties, as `--name=value`
  public static void main(String[] arguments) throws InterruptedException {
    TortureNode.run(Configuration.class, arguments);
  }
}
