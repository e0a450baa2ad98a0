package dev.darkroom.stagedupload;

import dev.darkroom.archive.RangeSource;
import dev.darkroom.archive.StoredRangeSource;
import dev.darkroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/// A staged upload as an archive: the pieces one after the other.
///
/// @param pieces without a gap from byte 0 on
record StagedArchive(ObjectStore store, List<Piece> pieces) implements RangeSource {

  StagedArchive {
    pieces = List.copyOf(pieces);
  }

  @Override
  public long length() {
    return pieces.isEmpty() ? 0 : pieces.getLast().end();
  }

  @Override
  public InputStream open(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, length());
    return new PieceStream(offset, offset + length);
  }

  private Piece at(long offset) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).end() > offset) high = middle;
      else low = middle + 1;
    }
    return pieces.get(low);
  }

  /// Each piece is opened when the one before it is read.
  private final class PieceStream extends InputStream {

    private final long end;
    private long position;
    private InputStream piece = InputStream.nullInputStream();
    private long endOfPiece;

    PieceStream(long offset, long end) {
      this.position = offset;
      this.endOfPiece = offset;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) return 0;
      if (position == end) return -1;
      if (position == endOfPiece) openNext();
      int some = piece.read(target, offset, (int) Math.min(count, endOfPiece - position));
      position += some;
      return some;
    }

    private void openNext() throws IOException {
      piece.close();
      var next = at(position);
      endOfPiece = Math.min(end, next.end());
      piece =
          new StoredRangeSource(store, next.key().original(), next.length())
              .open(position - next.start(), endOfPiece - position);
    }

    @Override
    public void close() throws IOException {
      piece.close();
    }
  }
}
