package dev.darkroom.quota;

import dev.darkroom.account.Quota;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The quotas of organizations that have none of their own; null for no bound.
///
/// @param storageBytes of all images of an organization together
/// @param uploadsRunning bulk uploads of an organization that go on or wait
/// @param uploadsPerDay bulk uploads of an organization that are accepted on one day, in UTC
@ConfigurationProperties("darkroom.quota")
record QuotaSettings(
    @Nullable Long storageBytes,
    @Nullable Integer uploadsRunning,
    @Nullable Integer uploadsPerDay) {

  QuotaSettings {
    var _ = new Quota(storageBytes, uploadsRunning, uploadsPerDay);
  }

  Quota quota() {
    return new Quota(storageBytes, uploadsRunning, uploadsPerDay);
  }
}
