package dev.darkroom.start;

import dev.darkroom.caption.Captioner;
import dev.darkroom.health.ProbedHealth;
import dev.darkroom.moderation.Moderator;
import dev.darkroom.moderation.Moderators;
import dev.darkroom.provider.Providers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What every module may ask for.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

  /// What tells the time wherever it decides something.
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// Asked when it is scraped.
  @Bean
  MeterBinder providerMeters(Providers providers) {
    return registry -> {
      for (var name : List.of("captioner", "moderator")) {
        Gauge.builder("darkroom.provider.out", () -> providers.findOutage(name).isPresent() ? 1 : 0)
            .description("1 while the gate to the provider is closed, on all nodes")
            .tag("provider", name)
            .register(registry);
      }
    };
  }

  @Bean
  HealthIndicator captionerHealthIndicator(Captioner captioner, Providers providers, Clock clock) {
    return new ProbedHealth(new PartHealth("captioner", captioner.author(), providers), clock);
  }

  @Bean
  HealthIndicator moderatorHealthIndicator(
      Moderators moderators, Providers providers, Clock clock) {
    var name = moderators.find().map(Moderator::name).orElse("none: " + moderators.absence());
    return new ProbedHealth(new PartHealth("moderator", name, providers), clock);
  }
}
