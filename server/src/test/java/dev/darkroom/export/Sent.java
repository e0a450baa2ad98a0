package dev.darkroom.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A piece as whoever gets it reads it: whole, in part, or here and there.
final class Sent implements SeekableByteChannel {

  private final Piece piece;
  private long position;

  private Sent(Piece piece) {
    this.piece = piece;
  }

  /// A file that is read by ranges, however large it is.
  static Sent byRanges(Piece piece) {
    return new Sent(piece);
  }

  static byte[] all(Piece piece) {
    return range(piece, 0, piece.length());
  }

  static byte[] range(Piece piece, long from, long length) {
    var bytes = new ByteArrayOutputStream();
    try {
      piece.send(from, length, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= piece.length()) return -1;
    int count = (int) Math.min(target.remaining(), piece.length() - position);
    piece.send(
        position,
        count,
        new OutputStream() {
          @Override
          public void write(int octet) {
            target.put((byte) octet);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            target.put(bytes, offset, length);
          }
        });
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public Sent position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return piece.length();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public Sent truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
