package dev.darkroom.decoding;

import dev.darkroom.decoder.VipsLocation;
import dev.darkroom.health.ProbedHealth;
import dev.darkroom.image.Decoder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The server's decoder works on an image for each core at a time, unless it is told otherwise.
@Configuration
class DecoderConfiguration {

  /// A child takes some 150 ms of a core to start.
  private static final Duration PROBED_EVERY = Duration.ofMinutes(1);

  @Bean
  ImageDecoder decoder(
      @Value("${darkroom.data:data}") Path crashReports, DecoderSettings settings) {
    return Decoders.open(crashReports, settings.orOneForEachCore());
  }

  @Bean
  MeterBinder decoderMeters(Decoder decoder) {
    return registry -> {
      if (!(decoder instanceof DecoderPool pool)) return;
      FunctionCounter.builder("darkroom.decoder.restarts", pool, DecoderPool::restarts)
          .description("Child processes that crashed or hung, and were replaced")
          .register(registry);
      Gauge.builder("darkroom.decoder.busy", pool, DecoderPool::busy)
          .description("Child processes that decode an image now")
          .register(registry);
    };
  }

  @Bean
  HealthIndicator decoderHealthIndicator(
      Decoder decoder, @Value("${darkroom.data:data}") Path crashReports, Clock clock) {
    var command = DecoderCommand.of(VipsLocation.ofSystem(), crashReports);
    return new ProbedHealth(new DecoderHealth(decoder, command), PROBED_EVERY, clock);
  }
}
