package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs, which travel on the class path as a compressed archive.
///
/// @param directory where they are unpacked
record PostgresBinaries(Path directory) {

  /// The major version that the archive holds; it decides which clusters it can read.
  static final int MAJOR_VERSION = 18;

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

  /// The path of a program, such as `initdb`.
  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  /// Unpacks the archive under `home`, unless it is there: complete or not at all, whenever the
  /// process ends. The directory's name holds the archive's checksum, so a newer archive gets one
  /// of its own.
  static PostgresBinaries unpack(Path home) throws IOException {
    JarURLConnection archive = archive();
    String version = "%d-%08x".formatted(MAJOR_VERSION, archive.getJarEntry().getCrc());
    Path directory = home.resolve(version);
    if (Files.isDirectory(directory)) return new PostgresBinaries(directory);
    Path unfinished = home.resolve(version + ".unfinished");
    FileSystemUtils.deleteRecursively(unfinished);
    try (var compressed = new BufferedInputStream(archive.getInputStream(), 1 << 16);
        var tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
      unpack(tar, unfinished);
    }
    Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    return new PostgresBinaries(directory);
  }

  private static JarURLConnection archive() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name =
        "/postgres-%s-%s.txz"
            .formatted(
                system.startsWith("mac") ? "darwin" : system,
                processor.equals("aarch64") ? "arm_64" : "x86_64");
    URL url = PostgresBinaries.class.getResource(name);
    if (url == null) {
      throw new FailureException(new DatabaseFailure.PlatformUnsupported(system + " " + processor));
    }
    var connection = (JarURLConnection) url.openConnection();
    connection.setUseCaches(false);
    return connection;
  }

  private static void unpack(TarArchiveInputStream tar, Path target) throws IOException {
    createDirectory(target);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = target.resolve(entry.getName()).normalize();
      if (!path.startsWith(target)) throw new IOException("outside: " + entry.getName());
      if (entry.isDirectory()) {
        createDirectory(path);
      } else {
        createDirectory(path.getParent());
        if (entry.isSymbolicLink()) Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        else unpackFile(tar, path, (entry.getMode() & 0100) != 0);
      }
    }
  }

  private static void unpackFile(InputStream content, Path path, boolean program)
      throws IOException {
    Files.copy(content, path);
    Files.setPosixFilePermissions(path, program ? PROGRAM : FILE);
  }

  /// Open to everyone, whatever the umask: the account that PostgreSQL runs as may be another.
  private static void createDirectory(@Nullable Path path) throws IOException {
    if (path == null || Files.isDirectory(path)) return;
    createDirectory(path.getParent());
    Files.createDirectory(path);
    Files.setPosixFilePermissions(path, DIRECTORY);
  }
}
