package dev.darkroom.decoding;

import dev.darkroom.image.Decoder;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The server's decoder works on an image for each core at a time, unless it is told otherwise.
@Configuration
class DecoderConfiguration {

  @Bean
  Decoder decoder(@Value("${darkroom.data:data}") Path crashReports, DecoderSettings settings) {
    return Decoders.open(crashReports, settings.orOneForEachCore());
  }
}
