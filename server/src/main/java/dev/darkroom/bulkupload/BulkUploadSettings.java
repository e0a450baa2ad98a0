package dev.darkroom.bulkupload;

import dev.darkroom.limit.Limit;
import dev.darkroom.limit.LimitSource;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How bulk uploads are worked on.
///
/// @param chunkWindow how many chunks of an upload are read at a time, on all nodes together
/// @param moderationWindow the same of those that are moderated
/// @param maxRunningPerOrganization how many uploads of an organization go on at a time, up to
///   their publishing; the others wait for their turn
/// @param maxWaitingPerOrganization how many may wait; further ones are refused
@ConfigurationProperties("darkroom.bulk-upload")
record BulkUploadSettings(
    @DefaultValue("4") int chunkWindow,
    @DefaultValue("4") int moderationWindow,
    @DefaultValue("4") int maxRunningPerOrganization,
    @DefaultValue("100") int maxWaitingPerOrganization)
    implements LimitSource {

  BulkUploadSettings {
    requirePositive("chunk-window", chunkWindow);
    requirePositive("moderation-window", moderationWindow);
    requirePositive("max-running-per-organization", maxRunningPerOrganization);
    requirePositive("max-waiting-per-organization", maxWaitingPerOrganization);
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        new Limit("max-running-per-organization", maxRunningPerOrganization),
        new Limit("max-waiting-per-organization", maxWaitingPerOrganization));
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "darkroom.bulk-upload." + name + " is " + value + "; it must be 1 or more");
    }
  }
}
