package dev.darkroom.torture;

import dev.darkroom.Application;
import dev.darkroom.captioning.TestCaptioner;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Verdict;
import dev.darkroom.storage.ObjectStore;
import dev.darkroom.torture.Moment.Stage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The real application in a process of its own, which tells the test of every moment of its work.
final class TortureNode {

  /// One picture in so many is refused.
  private static final int REFUSED_EVERY = 6;

  private TortureNode() {}

  static final class Configuration {

    @Bean
    Reporter reporter(
        @Value("${torture.observer}") URI observer,
        @Value("${db-scheduler.scheduler-name}") String node) {
      return new Reporter(observer, node);
    }

    @Bean
    ReportingSteps reportingSteps(Reporter reporter) {
      return new ReportingSteps(reporter);
    }

    @Bean
    @Primary
    ObjectStore reportingStore(@Qualifier("objectStore") ObjectStore store, Reporter reporter) {
      return new ReportingStore(store, reporter);
    }

    /// Its captions name the picture's size.
    @Bean
    @Primary
    TestCaptioner reportingCaptioner(Reporter reporter) {
      var captioner = new TestCaptioner();
      captioner.become((size, usual) -> {
        requireBack(reporter, "caption", size);
        return usual;
      });
      return captioner;
    }

    /// Judges by the picture's bytes alone.
    @Bean
    @Primary
    Moderator reportingModerator(Reporter reporter) {
      return new Moderator() {
        @Override
        public String name() {
          return "test";
        }

        @Override
        public Verdict judge(byte[] jpeg) {
          var digest = new CRC32();
          digest.update(jpeg);
          requireBack(reporter, "verdict", Long.toHexString(digest.getValue()));
          return digest.getValue() % REFUSED_EVERY == 0
              ? new Verdict.Rejected("test", 0.9, 0.5, Map.of("test", 0.9))
              : new Verdict.Passed(Map.of("test", 0.1));
        }
      };
    }

    private static void requireBack(Reporter reporter, String answer, String picture) {
      ReportingSteps.workOn(answer);
      if (!reporter.report(new Moment(answer, Stage.ASKS), picture)) {
        throw TestCaptioner.OUT.exception();
      }
    }
  }

  /// Runs until it is killed, or the test ends.
  ///
  /// @param arguments properties, as `--name=value`
  public static void main(String[] arguments) throws InterruptedException {
    ProcessHandle.current()
        .parent()
        .ifPresent(test -> {
          var _ = test.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        });
    var application = new SpringApplication(Application.class);
    application.addPrimarySources(List.of(Configuration.class));
    var context = application.run(arguments);
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    context.getBean(Reporter.class).ready(port);
  }
}
