package dev.darkroom.moderation;

import dev.darkroom.provider.ProviderSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The moderation endpoint that judges pictures; none where no `baseUrl` is set.
///
/// @param baseUrl what `/moderations` follows, such as `https://api.example.com/v1`
/// @param apiKey sent as a Bearer token
/// @param model by the name that the server knows it by
/// @param concurrency how many requests of this node may be under way
/// @param deadline for one verdict, all tries and pauses included
/// @param thresholds `category=score`: the score from which a picture is refused for the category
/// @param defaultThreshold that of every other category
/// @param ignoredCategories for which no picture is refused
@ConfigurationProperties("darkroom.moderator.remote")
record RemoteModeratorSettings(
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable String model,
    @DefaultValue("16") int concurrency,
    @DefaultValue("120s") Duration deadline,
    @DefaultValue List<String> thresholds,
    @DefaultValue("0.5") double defaultThreshold,
    @DefaultValue List<String> ignoredCategories) {

  private static final String PREFIX = "darkroom.moderator.remote.";

  RemoteModeratorSettings {
    thresholds = List.copyOf(thresholds);
    ignoredCategories = ignoredCategories.stream().map(String::strip).toList();
    var provider = new ProviderSettings("moderator", baseUrl, apiKey, model, concurrency, deadline);
    requireThreshold("default-threshold", defaultThreshold);
    parsed(thresholds).forEach((_, threshold) -> requireThreshold("thresholds", threshold));
    if (!ignoredCategories.isEmpty() && !provider.isConfigured()) {
      throw new IllegalArgumentException(
          PREFIX + "ignored-categories is set, but " + PREFIX + "base-url is not");
    }
  }

  private static Map<String, Double> parsed(List<String> thresholds) {
    Map<String, Double> parsed = new HashMap<>();
    for (String text : thresholds) {
      int equals = text.lastIndexOf('=');
      try {
        parsed.put(text.substring(0, equals).strip(), Double.valueOf(text.substring(equals + 1)));
      } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            PREFIX
                + "thresholds has '%s', which is not category=score, such as violence=0.8"
                    .formatted(text),
            e);
      }
    }
    return Map.copyOf(parsed);
  }

  private static void requireThreshold(String setting, double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "%s%s is %s; it must be above 0 and at most 1".formatted(PREFIX, setting, threshold));
    }
  }

  ProviderSettings provider() {
    return new ProviderSettings("moderator", baseUrl, apiKey, model, concurrency, deadline);
  }

  boolean isConfigured() {
    return provider().isConfigured();
  }

  Thresholds limits() {
    return new Thresholds(parsed(thresholds), defaultThreshold, ignoredCategories);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "RemoteModeratorSettings[%s, %s]".formatted(provider(), limits());
  }
}
