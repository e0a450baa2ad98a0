package dev.darkroom.uploadstatus;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many requests may wait for a status on this node at a time, as streams or by `Prefer: wait`.
///
/// @param maxWatchersPerOrganization the same of each organization
@ConfigurationProperties("darkroom.status")
record StatusSettings(
    @DefaultValue("1000") int maxWatchers, @DefaultValue("250") int maxWatchersPerOrganization) {

  StatusSettings {
    requirePositive("max-watchers", maxWatchers);
    requirePositive("max-watchers-per-organization", maxWatchersPerOrganization);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "darkroom.status." + name + " is " + value + "; it must be 1 or more");
    }
  }
}
