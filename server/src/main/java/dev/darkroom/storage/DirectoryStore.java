package dev.darkroom.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.apache.commons.io.input.BoundedInputStream;

/// Keeps each object as a file below a directory. A put writes to a temporary name, forces the
/// bytes to the disk, renames, and forces the directory: what a put has returned for survives a
/// power cut, and a reader never sees half of an object. Safe for many threads, and for many
/// processes that share the directory.
final class DirectoryStore implements ObjectStore {

  /// No key holds a dot, so a temporary file is never taken for an object.
  private static final String INCOMING = ".incoming";

  /// A put that goes on writes every few seconds, since a source that is silent for 30 s is given
  /// up; the rest is for clocks that differ.
  private static final Duration UNFINISHED_AFTER = Duration.ofHours(1);

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Path root;
  private final Path incoming;
  private final Clock clock;

  DirectoryStore(Path root, Clock clock) throws IOException {
    this.clock = clock;
    this.root = root.toAbsolutePath();
    this.incoming = this.root.resolve(INCOMING);
    Files.createDirectories(incoming);
  }

  @Override
  public String place() {
    return "directory " + root;
  }

  @Override
  public void put(ObjectKey key, MemorySegment bytes) throws IOException {
    putWith(
        key,
        file -> {
          long written = 0;
          while (written < bytes.byteSize()) {
            long length = Math.min(bytes.byteSize() - written, Integer.MAX_VALUE);
            written += file.write(bytes.asSlice(written, length).asByteBuffer());
          }
          return written;
        });
  }

  @Override
  public long put(ObjectKey key, InputStream bytes) throws IOException {
    return putWith(
        key,
        file -> {
          long written = 0;
          byte[] buffer = new byte[BUFFER_BYTES];
          for (int read; (read = bytes.read(buffer)) >= 0; written += read) {
            var chunk = ByteBuffer.wrap(buffer, 0, read);
            while (chunk.hasRemaining()) file.write(chunk);
          }
          return written;
        });
  }

  @Override
  public long length(ObjectKey key) throws IOException {
    try {
      return Files.size(path(key));
    } catch (NoSuchFileException _) {
      throw new ObjectNotFoundException(key);
    }
  }

  @Override
  public InputStream get(ObjectKey key, long offset, long length) throws IOException {
    FileChannel file;
    try {
      file = FileChannel.open(path(key), READ);
    } catch (NoSuchFileException _) {
      throw new ObjectNotFoundException(key);
    }
    file.position(offset);
    return BoundedInputStream.builder()
        .setInputStream(Channels.newInputStream(file))
        .setMaxCount(length)
        .get();
  }

  @Override
  public void delete(ObjectKey key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public void discardUnfinishedPuts() throws IOException {
    var before = clock.instant().minus(UNFINISHED_AFTER);
    try (var files = Files.newDirectoryStream(incoming)) {
      for (Path file : files) discardWrittenBefore(before, file);
    }
  }

  private static void discardWrittenBefore(Instant time, Path file) throws IOException {
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) Files.deleteIfExists(file);
    } catch (NoSuchFileException _) {
      // The put has ended meanwhile.
    }
  }

  @Override
  public long availableBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  private long putWith(ObjectKey key, Writer writer) throws IOException {
    Path temporary = incoming.resolve(UUID.randomUUID().toString());
    try {
      return putDurably(key, temporary, writer);
    } catch (IOException fault) {
      boolean full = leavesNoRoom(fault);
      Files.deleteIfExists(temporary);
      if (!full) throw fault;
      throw new StoreFullException(place(), availableBytes(), fault);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private long putDurably(ObjectKey key, Path temporary, Writer writer) throws IOException {
    long written;
    try (var file = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
      written = writer.writeTo(file);
      file.force(true);
    }
    Path target = path(key);
    createDirectories(parent(target));
    Files.move(temporary, target, ATOMIC_MOVE);
    force(parent(target));
    return written;
  }

  /// Java has no exception of its own for it. A quota leaves room on the disk, and says so in words
  /// that depend on the system's language; a disk that is full is so while the part that was
  /// written still lies there.
  private boolean leavesNoRoom(IOException fault) {
    var words = String.valueOf(fault.getMessage());
    if (words.contains("No space left") || words.contains("quota exceeded")) return true;
    try {
      return availableBytes() < BUFFER_BYTES;
    } catch (IOException unreachable) {
      fault.addSuppressed(unreachable);
      return false;
    }
  }

  private Path path(ObjectKey key) {
    return root.resolve(key.value());
  }

  private static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) return;
    createDirectories(parent(directory));
    Files.createDirectories(directory);
    force(parent(directory));
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private static void force(Path directory) throws IOException {
    try (var open = FileChannel.open(directory, READ)) {
      open.force(true);
    }
  }

  private interface Writer {
    long writeTo(FileChannel file) throws IOException;
  }
}
