package dev.darkroom.image;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class ImageConfiguration {

  @Bean
  ImageInspector imageInspector(Decoder decoder, ImageLimits limits) {
    return new ImageInspector(decoder, limits);
  }

  @Bean
  ImageRenderer imageRenderer(Decoder decoder) {
    return new ImageRenderer(decoder);
  }

  @Bean
  ImageRedrawer imageRedrawer(Redrawer redrawer) {
    return new ImageRedrawer(redrawer);
  }
}
