package dev.darkroom.moderation;

import dev.darkroom.provider.Providers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the moderator: a remote one where one is set, else the local one, where its model and
/// its native library are there.
@Configuration
class ModerationConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ModerationConfiguration.class);

  /// @param runtime the folder in which npm installs the model
  /// @param data where the converted model is kept
  @Bean
  Moderators moderators(
      Providers providers,
      RemoteModeratorSettings remote,
      LocalModeratorSettings local,
      @Value("${darkroom.runtime:runtime}") Path runtime,
      @Value("${darkroom.data:data}") Path data) {
    var moderators =
        remote.isConfigured()
            ? Moderators.with(new RemoteModerator(providers, remote))
            : Moderators.local(runtime, data, local.threshold());
    moderators
        .find()
        .ifPresentOrElse(
            moderator -> log.info("moderator: {}", moderator.name()),
            () -> log.info("moderator: none. {}", moderators.absence()));
    return moderators;
  }

  /// The moderator, or none. Spring closes it.
  @Bean
  @Nullable Moderator moderator(Moderators moderators) {
    return moderators.find().orElse(null);
  }
}
