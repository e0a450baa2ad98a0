package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The claim of one process on a data directory, held by a lock of the operating system, which
/// falls when the process ends in whatever way. The file tells who holds it, for the error message.
final class DataDirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DataDirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock, unless somebody else has it.
  static Optional<DataDirectoryLock> tryAcquire(Path data) {
    try {
      Files.createDirectories(data);
      var channel =
          FileChannel.open(
              data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder().getBytes(StandardCharsets.UTF_8)));
      return Optional.of(new DataDirectoryLock(channel));
    } catch (IOException e) {
      throw new FailureException(
          new DatabaseFailure.DirectoryUnusable(data, String.valueOf(e.getMessage())), e);
    }
  }

  /// Who holds the directory's lock, as far as its file tells.
  static String holder(Path data) {
    try {
      String text = Files.readString(data.resolve("lock")).strip();
      return text.isEmpty() ? "unknown" : text;
    } catch (IOException _) {
      return "unknown";
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false; // another holder in this very process
    }
  }

  private static String holder() {
    return "pid " + ProcessHandle.current().pid();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
