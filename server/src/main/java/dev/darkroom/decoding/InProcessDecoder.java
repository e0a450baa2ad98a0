package dev.darkroom.decoding;

import dev.darkroom.decoder.Reply;
import dev.darkroom.decoder.Request.Wanted;
import dev.darkroom.decoder.Thumbnailer;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Decodes with libvips in this process, one image after the other. Nothing protects the process
/// from an image here: one that crashes the library ends the server.
final class InProcessDecoder implements ImageDecoder {

  private final Thumbnailer thumbnailer;
  private final ReentrantLock turn = new ReentrantLock(true);

  InProcessDecoder(Thumbnailer thumbnailer) {
    this.thumbnailer = thumbnailer;
  }

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    var wanted = new Wanted.Rendition(longSide);
    return inTurn(image, header, wanted, Replies::decoding);
  }

  @Override
  public Redrawing redraw(
      MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    return inTurn(
        image,
        header,
        DecoderPool.whole(redraw),
        reply ->
            switch (Replies.redrawing(reply)) {
              case Redrawing.Redrawn(var file) ->
                  new Redrawing.Redrawn(memory.allocate(file.byteSize()).copyFrom(file));
              case Redrawing other -> other;
            });
  }

  /// @param kept what outlives the library's own memory
  private <T> T inTurn(
      MemorySegment image, ImageHeader header, Wanted wanted, Function<Reply, T> kept) {
    turn.lock();
    try (var arena = Arena.ofConfined()) {
      var bytes = image.isNative() ? image : arena.allocate(image.byteSize()).copyFrom(image);
      var request = DecoderPool.request(bytes, header, wanted);
      return kept.apply(thumbnailer.decode(request, bytes, arena));
    } finally {
      turn.unlock();
    }
  }

  /// The library stays loaded as long as the process runs.
  @Override
  public void close() {}
}
