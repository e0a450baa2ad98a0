package dev.darkroom.decoding;

import dev.darkroom.image.Decoder;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageHeader;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// The server's own decoder, except that images of one width end the real child process that
/// decodes them.
public final class CrashingDecoder implements Decoder {

  /// The width that kills.
  public static final int WIDTH = 1031;

  /// To be given to `TestServer.start`.
  public static class Configuration {
    @Bean
    @Primary
    CrashingDecoder crashingDecoder(@Qualifier("decoder") Decoder decoder) {
      return new CrashingDecoder(decoder);
    }
  }

  private final Decoder decoder;
  private final DecoderPool crashing;

  private CrashingDecoder(Decoder decoder) {
    this.decoder = decoder;
    var words = MisbehavingChild.words(Path.of(System.getProperty("java.io.tmpdir")));
    this.crashing = new DecoderPool(new DecoderCommand(words, Duration.ofSeconds(30)), 1);
  }

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    if (header.width() != WIDTH) return decoder.decode(image, header, longSide);
    var deadly = MemorySegment.ofArray(new byte[] {MisbehavingChild.EXIT, 0});
    return crashing.decode(deadly, header, longSide);
  }

  @Override
  public void close() {
    crashing.close();
  }
}
