package dev.darkroom.moderation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How strict the local moderator is.
///
/// @param threshold the score from which a picture is rejected, above 0 and at most 1
@ConfigurationProperties("darkroom.moderator.local")
record LocalModeratorSettings(@DefaultValue("0.6") double threshold) {

  LocalModeratorSettings {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "darkroom.moderator.local.threshold must be above 0 and at most 1, and is " + threshold);
    }
  }
}
