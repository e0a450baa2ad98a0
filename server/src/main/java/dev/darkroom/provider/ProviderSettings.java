package dev.darkroom.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a provider is and how much it may be asked; checked, and without a server behind it where
/// no address is set.
///
/// @param name what it is to people, and the name of its gate: `captioner` or `moderator`
/// @param baseUrl what the paths of the API follow, such as `http://127.0.0.1:11434/v1`
/// @param apiKey sent as a Bearer token; null where the server wants none
/// @param model by the name that the server knows it by
/// @param concurrency how many requests of this node may be under way
/// @param deadline for one answer, all tries and pauses included
public record ProviderSettings(
    String name,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable String model,
    int concurrency,
    Duration deadline) {

  private static final int MAX_CONCURRENCY = 1024;
  private static final Duration MAX_DEADLINE = Duration.ofHours(1);

  public ProviderSettings {
    baseUrl = stripped(baseUrl);
    apiKey = stripped(apiKey);
    model = stripped(model);
    var setting = "darkroom." + name + ".remote.";
    if (baseUrl == null) {
      require(apiKey == null, setting + "api-key is set, but " + setting + "base-url is not");
      require(model == null, setting + "model is set, but " + setting + "base-url is not");
    } else {
      requireUrl(setting + "base-url", baseUrl);
      require(model != null, setting + "base-url is set, but " + setting + "model is not");
    }
    // A header holds no other characters; the key itself is not told.
    require(
        apiKey == null || apiKey.matches("[\\x21-\\x7e]+"),
        setting + "api-key has characters that no key has");
    require(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "%sconcurrency is %d; it must be from 1 to %d"
            .formatted(setting, concurrency, MAX_CONCURRENCY));
    require(
        deadline.toSeconds() >= 1 && deadline.compareTo(MAX_DEADLINE) <= 0,
        "%sdeadline is %s; it must be from 1 s to 1 h".formatted(setting, deadline));
  }

  private static @Nullable String stripped(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /// Never tells the URL, in which a password may be.
  private static void requireUrl(String setting, String url) {
    URI parsed;
    try {
      parsed = new URI(url);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException(setting + " is not a URL");
    }
    var scheme = Objects.requireNonNullElse(parsed.getScheme(), "");
    require(
        scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"),
        setting + " must begin with http:// or https://");
    require(
        parsed.getRawUserInfo() == null,
        setting + " holds a user or a password; a key belongs into api-key");
    require(parsed.getHost() != null, setting + " names no host");
    require(
        parsed.getRawQuery() == null && parsed.getRawFragment() == null,
        setting + " must end with its path, such as /v1, without a query");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) throw new IllegalArgumentException(otherwise);
  }

  public boolean isConfigured() {
    return baseUrl != null;
  }

  /// Without the key.
  @Override
  public String toString() {
    return "ProviderSettings[%s, %s, %s]".formatted(name, baseUrl, model);
  }
}
