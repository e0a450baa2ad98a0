package dev.darkroom.image;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the decoder.
@Configuration
class ImageConfiguration {

  @Bean
  Decoder decoder() {
    return new ImageIoDecoder();
  }

  @Bean
  ImageInspector imageInspector(Decoder decoder, ImageLimits limits) {
    return new ImageInspector(decoder, limits);
  }
}
