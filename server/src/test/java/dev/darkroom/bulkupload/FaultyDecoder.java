package dev.darkroom.bulkupload;

import dev.darkroom.decoding.TestDecoder;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageHeader;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// A decoder whose child processes cannot be started any more, until a test has them back.
final class FaultyDecoder implements Decoder {

  /// To be given to `TestServer.start`.
  static class Configuration {
    @Bean
    @Primary
    FaultyDecoder faultyDecoder() {
      return new FaultyDecoder();
    }
  }

  private final Decoder working = TestDecoder.imageIo();
  private final Decoder broken = TestDecoder.unstartable();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  void breakDownAfter(int images) {
    left.set(images);
  }

  void recover() {
    left.set(Integer.MAX_VALUE);
  }

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    var decoder = left.getAndDecrement() > 0 ? working : broken;
    return decoder.decode(image, header, longSide);
  }

  @Override
  public void close() {
    working.close();
    broken.close();
  }
}
