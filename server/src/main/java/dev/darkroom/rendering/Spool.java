package dev.darkroom.rendering;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Bytes that are written once and then read by many at a time: in memory while they are few, else
/// in a temporary file that is gone with the process, however that ends.
final class Spool extends OutputStream {

  private static final int IN_MEMORY = 64 << 10;
  private static final int READ = 16 << 10;

  /// What is not in the file; all of it where there is no file.
  private final ByteBuffer memory = ByteBuffer.allocate(IN_MEMORY);

  private @Nullable FileChannel file;
  private long inFile;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b});
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > memory.remaining()) spill();
    if (count > memory.remaining()) {
      append(ByteBuffer.wrap(bytes, offset, count));
    } else {
      memory.put(bytes, offset, count);
    }
  }

  private void spill() throws IOException {
    append(memory.flip());
    memory.clear();
  }

  private void append(ByteBuffer bytes) throws IOException {
    var channel = file == null ? create() : file;
    file = channel;
    while (bytes.hasRemaining()) inFile += channel.write(bytes, inFile);
  }

  private static FileChannel create() throws IOException {
    return FileChannel.open(
        Files.createTempFile("darkroom", null),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  long length() {
    return inFile + memory.position();
  }

  /// To be called when all is written; by as many threads at once as there are.
  void copyTo(OutputStream out) throws IOException {
    if (file != null) copy(file, out);
    out.write(memory.array(), 0, memory.position());
  }

  private void copy(FileChannel from, OutputStream out) throws IOException {
    var bytes = ByteBuffer.allocate((int) Math.min(READ, inFile));
    for (long position = 0; position < inFile; position += bytes.position()) {
      int read = from.read(bytes.clear(), position);
      if (read < 0) throw new IOException("the temporary file was cut off at byte " + position);
      out.write(bytes.array(), 0, read);
    }
  }

  /// The bytes are gone then.
  void discard() throws IOException {
    if (file != null) file.close();
  }
}
