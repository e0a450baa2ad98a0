package dev.darkroom.decoding;

import dev.darkroom.health.ProbedHealth;
import dev.darkroom.image.Decoder;
import org.springframework.boot.health.contributor.Health;

/// Tells whether a child process that decodes can be started, by starting one.
record DecoderHealth(Decoder decoder, DecoderCommand command) implements ProbedHealth.Probe {

  @Override
  public Health ask() {
    if (!(decoder instanceof DecoderPool)) {
      return Health.up().withDetail("decoder", "in the server's own process").build();
    }
    return switch (DecoderProbe.of(command)) {
      case DecoderProbe.Available(String library) ->
          Health.up().withDetail("decoder", library).build();
      case DecoderProbe.Unavailable(String reason) ->
          Health.down()
              .withDetail("type", DecoderFailure.CANNOT_START.type())
              .withDetail("reason", reason)
              .build();
    };
  }
}
