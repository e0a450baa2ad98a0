package dev.darkroom.decoding;

import dev.darkroom.decoder.Reply;
import dev.darkroom.decoder.Thumbnailer;
import dev.darkroom.image.Decoder;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/// Decodes with libvips in this process, one image after the other. Nothing protects the process
/// from an image here: one that crashes the library ends the server.
final class InProcessDecoder implements Decoder {

  private final Thumbnailer thumbnailer;
  private final ReentrantLock turn = new ReentrantLock(true);

  InProcessDecoder(Thumbnailer thumbnailer) {
    this.thumbnailer = thumbnailer;
  }

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    turn.lock();
    try (var arena = Arena.ofConfined()) {
      var bytes = image.isNative() ? image : arena.allocate(image.byteSize()).copyFrom(image);
      return switch (thumbnailer.decode(DecoderPool.request(bytes, header, longSide), bytes)) {
        case Reply.Decoded(long hash, MemorySegment rendition) ->
            new Decoding.Decoded(rendition, hash);
        case Reply.Damaged(String detail) -> new Decoding.Damaged(detail);
        case Reply.Fault(String detail) -> new Decoding.Fatal(detail);
        case Reply other -> throw new IllegalStateException(other.toString());
      };
    } finally {
      turn.unlock();
    }
  }

  /// The library stays loaded as long as the process runs.
  @Override
  public void close() {}
}
