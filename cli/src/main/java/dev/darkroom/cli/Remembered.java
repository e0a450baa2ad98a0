package dev.darkroom.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which upload of the server holds the bytes that this machine has begun to send, kept in a file
/// for the command that is run again after this one was ended. The file is locked for as long as it
/// is open, so that two commands never send the same bytes into the same upload.
final class Remembered implements AutoCloseable {

  /// Longer than any server keeps an upload that nobody goes on with.
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

  private static final int LONGEST_ID = 20;

  private final Path file;

  /// Held until the channel is closed, by the kernel too when the process is killed.
  private final FileChannel channel;

  private Remembered(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// @param identity of the bytes, and of where they are sent to
  static Remembered open(Path stateFolder, String identity) throws IOException {
    Path folder = Files.createDirectories(stateFolder.resolve("uploads"));
    removeOld(folder);
    Path file = folder.resolve(digest(identity));
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new CommandFailure.Local(
          "Another darkroom command is sending the same to the same server.",
          "Wait for it, or stop it.");
    }
    return new Remembered(file, channel);
  }

  /// The id of the upload, where one was begun.
  OptionalLong upload() throws IOException {
    var bytes = ByteBuffer.allocate(LONGEST_ID);
    int read = channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, Math.max(read, 0), StandardCharsets.US_ASCII);
    // A half-written one counts as none: the bytes are sent anew then.
    return text.matches("[0-9]{1,18}\n")
        ? OptionalLong.of(Long.parseLong(text.strip()))
        : OptionalLong.empty();
  }

  void keep(long upload) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((upload + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    channel.force(false);
  }

  /// For the next command.
  static void forget(Path stateFolder, String identity) throws IOException {
    try (var remembered = open(stateFolder, identity)) {
      remembered.forget();
    }
  }

  void forget() throws IOException {
    channel.truncate(0);
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private static void removeOld(Path folder) throws IOException {
    var limit = Instant.now().minus(FORGOTTEN_AFTER);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) Files.deleteIfExists(file);
      }
    }
  }

  private static String digest(String identity) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(identity.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
