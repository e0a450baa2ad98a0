package dev.darkroom.start;

import dev.darkroom.health.ProbedHealth;
import dev.darkroom.provider.ProviderOutage;
import dev.darkroom.provider.Providers;
import org.springframework.boot.health.contributor.Health;

/// What fills a place, such as the captioner's, and whether it is asked now. A provider that is
/// only busy is well.
///
/// @param provider the name of the provider that may fill it
/// @param filledBy what fills it, or why nothing does
record PartHealth(String provider, String filledBy, Providers providers)
    implements ProbedHealth.Probe {

  @Override
  public Health ask() {
    var health = Health.up().withDetail("is", filledBy);
    providers.findOutage(provider).ifPresent(outage -> tell(outage, health));
    return health.build();
  }

  private static void tell(ProviderOutage outage, Health.Builder health) {
    if (!outage.busy()) health.down();
    health
        .withDetail("type", outage.busy() ? "provider.busy" : "provider.unavailable")
        .withDetail("reason", outage.reason())
        .withDetail("asked_again_at", outage.askedAgainAt().toString());
  }
}
