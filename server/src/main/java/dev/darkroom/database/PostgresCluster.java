package dev.darkroom.database;

import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.util.FileSystemUtils;

/// The files of the embedded PostgreSQL under `<data>/postgres`: the cluster itself, the password
/// of its one user, the port it listens on, its log.
///
/// @param home `<data>/postgres`
record PostgresCluster(Path home) {

  static final String USER = "darkroom";

  private static final int MAX_PORT = 65_535;

  /// What a running server tells of itself in `postmaster.pid`.
  record Running(ProcessHandle process, int port) {}

  Path directory() {
    return home.resolve("cluster");
  }

  Path log() {
    return home.resolve("log");
  }

  boolean exists() {
    return Files.exists(directory());
  }

  String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw unusable(passwordFile(), e);
    }
  }

  /// The server that the cluster's own record names, where that process is alive. It may be another
  /// program by now that got the same process id.
  Optional<Running> recorded() {
    try {
      List<String> lines = Files.readAllLines(directory().resolve("postmaster.pid"));
      if (lines.size() < 4) return Optional.empty();
      int port = Integer.parseInt(lines.get(3).strip());
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(ProcessHandle::isAlive)
          .map(process -> new Running(process, port));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Refuses a cluster whose files another major version wrote.
  void checkVersion() throws IOException {
    String found = Files.readString(directory().resolve("PG_VERSION")).strip();
    if (found.equals(String.valueOf(PostgresBinaries.MAJOR_VERSION))) return;
    throw new FailureException(
        new DatabaseFailure.OtherMajorVersion(directory(), found, PostgresBinaries.MAJOR_VERSION));
  }

  /// Makes the cluster: complete or not at all, whenever the process ends.
  void create(PostgresBinaries binaries, PostgresAccount account) throws IOException {
    writePassword();
    account.own(passwordFile());
    Path unfinished = home.resolve("cluster.unfinished");
    FileSystemUtils.deleteRecursively(unfinished);
    Files.createDirectory(unfinished);
    account.own(unfinished);
    var initdb =
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + unfinished,
            "--username=" + USER,
            "--pwfile=" + passwordFile(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    Program.Outcome outcome = Program.run(account.command(initdb), home);
    Files.writeString(log(), outcome.output());
    if (!outcome.succeeded()) {
      throw new FailureException(
          new DatabaseFailure.StartFailed("initdb", outcome.lastLine(), log()));
    }
    Files.move(unfinished, directory(), StandardCopyOption.ATOMIC_MOVE);
  }

  /// The port of last time, or a new one where that is taken or there was none.
  int choosePort() throws IOException {
    Path file = home.resolve("port");
    OptionalInt last = portIn(file);
    if (last.isPresent() && isFree(last.getAsInt())) return last.getAsInt();
    int port = freePort();
    Path unfinished = home.resolve("port.unfinished");
    Files.writeString(unfinished, String.valueOf(port));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return port;
  }

  /// A file that holds no port, as a full disk leaves one, is as good as none.
  private static OptionalInt portIn(Path file) throws IOException {
    if (!Files.exists(file)) return OptionalInt.empty();
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("[1-9][0-9]{0,4}")) return OptionalInt.empty();
    int port = Integer.parseInt(text);
    return port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private Path passwordFile() {
    return home.resolve("password");
  }

  private void writePassword() throws IOException {
    var random = new byte[24];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(passwordFile());
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), HexFormat.of().formatHex(random));
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  static FailureException unusable(Path path, IOException e) {
    return new FailureException(
        new DatabaseFailure.DirectoryUnusable(path, e.getClass().getSimpleName()), e);
  }
}
