package dev.darkroom.vision;

import dev.darkroom.provider.ProviderSettings;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The vision model that writes captions; none where no `baseUrl` is set.
///
/// @param baseUrl what `/chat/completions` follows, such as `http://127.0.0.1:11434/v1`
/// @param apiKey sent as a Bearer token
/// @param model by the name that the server knows it by
/// @param concurrency how many requests of this node may be under way
/// @param deadline for one reply, all tries and pauses included
/// @param tokenLimitField how the server calls the limit of a reply: `max_tokens`, or
///   `max_completion_tokens`
/// @param maxTokens that limit; a caption has some 1 500, and a model that thinks needs more
@ConfigurationProperties("darkroom.captioner.remote")
record RemoteCaptionerSettings(
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable String model,
    @DefaultValue("16") int concurrency,
    @DefaultValue("120s") Duration deadline,
    @DefaultValue("max_tokens") String tokenLimitField,
    @DefaultValue("4096") int maxTokens) {

  private static final Set<String> TOKEN_LIMIT_FIELDS =
      Set.of("max_tokens", "max_completion_tokens");

  RemoteCaptionerSettings {
    var _ = new ProviderSettings("captioner", baseUrl, apiKey, model, concurrency, deadline);
    if (!TOKEN_LIMIT_FIELDS.contains(tokenLimitField)) {
      throw new IllegalArgumentException(
          "darkroom.captioner.remote.token-limit-field is %s; it must be max_tokens or max_completion_tokens"
              .formatted(tokenLimitField));
    }
    if (maxTokens < 256 || maxTokens > 1_000_000) {
      throw new IllegalArgumentException(
          "darkroom.captioner.remote.max-tokens is %d; it must be from 256 to 1000000"
              .formatted(maxTokens));
    }
  }

  ProviderSettings provider() {
    return new ProviderSettings("captioner", baseUrl, apiKey, model, concurrency, deadline);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "RemoteCaptionerSettings[%s, %s]".formatted(provider(), tokenLimitField);
  }
}
