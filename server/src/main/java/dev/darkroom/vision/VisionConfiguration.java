package dev.darkroom.vision;

import dev.darkroom.provider.Providers;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Puts a vision model in the place of what else could write captions, where one is set.
@Configuration(proxyBeanMethods = false)
class VisionConfiguration {

  @Bean
  @Primary
  @Conditional(BaseUrlSet.class)
  VisionModelCaptioner visionModelCaptioner(Providers providers, RemoteCaptionerSettings settings) {
    return VisionModels.captioner(settings, providers);
  }

  /// A blank variable counts as none.
  static final class BaseUrlSet implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      @Nullable String url =
          context.getEnvironment().getProperty("darkroom.captioner.remote.base-url");
      return url != null && !url.isBlank();
    }
  }
}
