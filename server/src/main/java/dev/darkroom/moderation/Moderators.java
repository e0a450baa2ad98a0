package dev.darkroom.moderation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which moderator this server has, if any.
public final class Moderators {

  private final @Nullable Moderator moderator;
  private final String absence;

  private Moderators(@Nullable Moderator moderator, String absence) {
    this.moderator = moderator;
    this.absence = absence;
  }

  public static Moderators with(Moderator moderator) {
    return new Moderators(moderator, "");
  }

  /// @param absence why there is no moderator, and how to get one: a sentence
  public static Moderators none(String absence) {
    return new Moderators(null, absence);
  }

  public Optional<Moderator> find() {
    return Optional.ofNullable(moderator);
  }

  /// Why there is no moderator, and how to get one: a sentence. Empty where there is one.
  public String absence() {
    return absence;
  }
}
