package dev.darkroom.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/// Pieces one after the other. Only those that are asked for are touched.
final class Layout implements Piece {

  private final List<Piece> pieces;

  /// Where each piece begins, and at last where the last one ends.
  private final long[] starts;

  Layout(List<Piece> pieces) {
    this.pieces = pieces.stream().filter(piece -> piece.length() > 0).toList();
    this.starts = new long[this.pieces.size() + 1];
    for (int i = 0; i < this.pieces.size(); i++) {
      starts[i + 1] = starts[i] + this.pieces.get(i).length();
    }
  }

  @Override
  public long length() {
    return starts[pieces.size()];
  }

  @Override
  public void send(long from, long length, OutputStream client) throws IOException {
    long end = from + length;
    long position = from;
    for (int i = pieceAt(from); position < end; i++) {
      long count = Math.min(end, starts[i + 1]) - position;
      pieces.get(i).send(position - starts[i], count, client);
      position += count;
    }
  }

  private int pieceAt(long position) {
    int found = Arrays.binarySearch(starts, position);
    return found >= 0 ? found : -found - 2;
  }
}
