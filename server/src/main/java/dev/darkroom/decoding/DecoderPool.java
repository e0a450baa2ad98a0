package dev.darkroom.decoding;

import dev.darkroom.decoder.EncodedFormat;
import dev.darkroom.decoder.Reply;
import dev.darkroom.decoder.Request;
import dev.darkroom.decoder.Request.Wanted;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.ImageHeader;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/// Decodes in child processes: what an image does to its decoder costs that image and that child,
/// never this process. A child that ends or stays silent is replaced, and the image tried once more
/// before it is [Decoding.Fatal]. Callers are served in the order in which they come.
///
/// A child that cannot even be started is no fault of the image's: a `FailureException` with
/// [DecoderFailure#CANNOT_START].
final class DecoderPool implements ImageDecoder {

  private static final boolean FAIR = true;

  private final List<DecoderLane> lanes;
  private final BlockingQueue<DecoderLane> idle;

  /// A pool of `children` processes, each started when it is first needed.
  DecoderPool(DecoderCommand command, int children) {
    this.lanes = Stream.generate(() -> new DecoderLane(command)).limit(children).toList();
    this.idle = new ArrayBlockingQueue<>(children, FAIR, lanes);
  }

  @Override
  public Decoding decode(MemorySegment image, ImageHeader header, int longSide) {
    var request = request(image, header, new Wanted.Rendition(longSide));
    return Replies.decoding(reply(request, image, Replies.NO_MEMORY));
  }

  @Override
  public Redrawing redraw(
      MemorySegment image, ImageHeader header, Redraw redraw, SegmentAllocator memory) {
    var request = request(image, header, whole(redraw));
    return Replies.redrawing(reply(request, image, Replies.within(redraw, memory)));
  }

  private Reply reply(Request request, MemorySegment image, Reply.Memory memory) {
    DecoderLane lane;
    try {
      lane = idle.take();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a decoder");
    }
    try {
      return lane.reply(request, image, memory);
    } finally {
      idle.add(lane);
    }
  }

  /// How many children crashed, hung or were given up for another reason, so far.
  long restarts() {
    return lanes.stream().mapToLong(DecoderLane::restarts).sum();
  }

  int busy() {
    return lanes.size() - idle.size();
  }

  static Wanted.Whole whole(Redraw redraw) {
    return new Wanted.Whole(redraw.width(), redraw.height(), Math.toIntExact(redraw.roomInBytes()));
  }

  static Request request(MemorySegment image, ImageHeader header, Wanted wanted) {
    var format =
        switch (header.format()) {
          case JPEG -> EncodedFormat.JPEG;
          case PNG -> EncodedFormat.PNG;
          case WEBP -> EncodedFormat.WEBP;
        };
    return new Request(
        format,
        header.orientation(),
        header.storedWidth(),
        header.storedHeight(),
        wanted,
        image.byteSize());
  }

  /// Kills the children; who waits for one gets an exception.
  @Override
  public void close() {
    lanes.forEach(DecoderLane::close);
  }
}
