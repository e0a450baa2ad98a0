package dev.darkroom.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// An archive in a file.
public record FileSource(Path file, long length) implements RangeSource {

  public static FileSource of(Path file) {
    try {
      return new FileSource(file, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(long offset, long count) {
    try {
      FileChannel channel = FileChannel.open(file);
      return new Limited(Channels.newInputStream(channel.position(offset)), count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream bytes, long count) {
      super(bytes);
      left = count;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) return -1;
      left--;
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (left <= 0) return -1;
      int some = in.read(target, offset, (int) Math.min(left, count));
      left -= Math.max(some, 0);
      return some;
    }
  }
}
