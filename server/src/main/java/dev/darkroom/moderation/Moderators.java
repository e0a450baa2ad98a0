package dev.darkroom.moderation;

import dev.darkroom.provider.Providers;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Which moderator this server has, if any.
public final class Moderators {

  private final @Nullable Moderator moderator;
  private final String absence;

  private Moderators(@Nullable Moderator moderator, String absence) {
    this.moderator = moderator;
    this.absence = absence;
  }

  /// The local moderator, or none where its model is missing or its native library cannot be
  /// loaded, which takes some 300 ms to find out. The model is loaded with the first picture.
  ///
  /// @param runtime the folder in which npm installs the model
  /// @param data where the converted model is kept
  /// @param threshold the score from which a picture is rejected, above 0 and at most 1
  public static Moderators local(Path runtime, Path data, double threshold) {
    var settings = new LocalModeratorSettings(threshold);
    var model = new ModelCache(PublishedModel.in(runtime), data);
    return model
        .published()
        .problem()
        .or(NativeRuntime::problem)
        .map("The local moderator cannot work: %s."::formatted)
        .map(Moderators::none)
        .orElseGet(() -> with(new OnnxModerator(model, settings.threshold())));
  }

  /// The moderator by the settings of `darkroom.moderator.remote`, outside of a server. None where
  /// no base URL is set.
  ///
  /// @throws org.springframework.boot.context.properties.bind.BindException where one of them is
  ///   wrong
  public static Optional<Moderators> findRemote(Environment environment, Providers providers) {
    var settings =
        Binder.get(environment)
            .bindOrCreate("darkroom.moderator.remote", RemoteModeratorSettings.class);
    return settings.isConfigured()
        ? Optional.of(with(new RemoteModerator(providers, settings)))
        : Optional.empty();
  }

  public static Moderators with(Moderator moderator) {
    return new Moderators(moderator, "");
  }

  /// No moderator.
  ///
  /// @param absence why there is none, and how to get one: a sentence
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
