package dev.darkroom.decoding;

import dev.darkroom.decoder.Reply;
import dev.darkroom.image.Decoding;
import dev.darkroom.image.Redraw;
import dev.darkroom.image.Redrawing;
import java.io.IOException;
import java.lang.foreign.SegmentAllocator;

/// What a decoder's replies mean to those who asked for an image.
final class Replies {

  /// For a request that no long reply answers.
  static final Reply.Memory NO_MEMORY =
      bytes -> {
        throw new IOException("%d bytes that nobody asked for".formatted(bytes));
      };

  private Replies() {}

  /// Room for what was asked for, whatever the child says that it sends.
  static Reply.Memory within(Redraw redraw, SegmentAllocator memory) {
    return bytes -> {
      if (bytes < 1 || bytes > redraw.roomInBytes()) {
        throw new IOException("a redrawn image of %d bytes".formatted(bytes));
      }
      return memory.allocate(bytes);
    };
  }

  static Decoding decoding(Reply reply) {
    return switch (reply) {
      case Reply.Decoded(long hash, var rendition) -> new Decoding.Decoded(rendition, hash);
      case Reply.Damaged(String detail) -> new Decoding.Damaged(detail);
      case Reply.Fault(String detail) -> new Decoding.Fatal(detail);
      case Reply other -> throw new IllegalStateException(other.toString());
    };
  }

  static Redrawing redrawing(Reply reply) {
    return switch (reply) {
      case Reply.Redrawn(var image) -> new Redrawing.Redrawn(image);
      case Reply.TooLarge(long bytes) -> new Redrawing.TooLarge(bytes);
      case Reply.Damaged(String detail) -> new Decoding.Damaged(detail);
      case Reply.Fault(String detail) -> new Decoding.Fatal(detail);
      case Reply other -> throw new IllegalStateException(other.toString());
    };
  }
}
