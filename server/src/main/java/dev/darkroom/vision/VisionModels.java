package dev.darkroom.vision;

import dev.darkroom.caption.Captioner;
import dev.darkroom.provider.Providers;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// Finds the vision model that an environment sets, outside of a server.
public final class VisionModels {

  private VisionModels() {}

  /// The captioner by the settings of `darkroom.captioner.remote`. None where no base URL is set.
  ///
  /// @throws org.springframework.boot.context.properties.bind.BindException where one of them is
  ///   wrong
  public static Optional<Captioner> find(Environment environment, Providers providers) {
    var settings =
        Binder.get(environment)
            .bindOrCreate("darkroom.captioner.remote", RemoteCaptionerSettings.class);
    return settings.provider().isConfigured()
        ? Optional.of(captioner(settings, providers))
        : Optional.empty();
  }

  static VisionModelCaptioner captioner(RemoteCaptionerSettings settings, Providers providers) {
    return new VisionModelCaptioner(new ChatModel(providers.open(settings.provider()), settings));
  }
}
