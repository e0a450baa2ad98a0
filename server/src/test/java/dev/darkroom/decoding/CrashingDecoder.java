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

/// The server's own decoder, except that images of some widths end the real child process that
/// decodes them.
public final class CrashingDecoder implements Decoder {

  /// The width at which the child exits.
  public static final int WIDTH = 1031;

  /// The width at which it allocates until it has no more memory.
  public static final int WIDTH_OF_A_BOMB = 1032;

  /// The width at which it touches memory that is not its own (SIGSEGV).
  public static final int WIDTH_OF_A_CRASH = 1033;

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
    return switch (header.width()) {
      case WIDTH -> end(MisbehavingChild.EXIT, header, longSide);
      case WIDTH_OF_A_BOMB -> end(MisbehavingChild.EXHAUST_MEMORY, header, longSide);
      case WIDTH_OF_A_CRASH -> end(MisbehavingChild.CRASH, header, longSide);
      default -> decoder.decode(image, header, longSide);
    };
  }

  private Decoding end(byte behaviour, ImageHeader header, int longSide) {
    var deadly = MemorySegment.ofArray(new byte[] {behaviour, 0});
    return crashing.decode(deadly, header, longSide);
  }

  @Override
  public void close() {
    crashing.close();
  }
}
