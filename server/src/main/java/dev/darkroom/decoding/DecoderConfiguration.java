package dev.darkroom.decoding;

import dev.darkroom.image.Decoder;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The server's decoder works on an image for each core at a time.
@Configuration
class DecoderConfiguration {

  @Bean
  Decoder decoder(@Value("${darkroom.data:data}") Path crashReports) {
    return Decoders.open(crashReports, Runtime.getRuntime().availableProcessors());
  }
}
