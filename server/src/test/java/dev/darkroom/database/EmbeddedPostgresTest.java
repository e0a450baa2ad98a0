package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.darkroom.ChildJvm;
import dev.darkroom.ScratchDirectory;
import dev.darkroom.failure.FailureException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class EmbeddedPostgresTest {

  private static ScratchDirectory scratch;
  private static Path data;

  @BeforeAll
  static void makeCluster() {
    scratch = ScratchDirectory.create();
    data = scratch.path().resolve("data");
    EmbeddedPostgres.start(data).close();
  }

  @AfterAll
  static void delete() {
    scratch.close();
  }

  @Test
  void keepsWhatWasCommittedWhenItsOwnerIsKilled() throws Exception {
    ProcessHandle orphan;
    try (var owner = ChildJvm.start(PostgresOwner.class, data.toString())) {
      owner.awaitLine("committed");
      orphan = recorded();
      owner.kill();
    }
    assertThat(orphan.isAlive()).as("the server outlives its owner").isTrue();
    try (var postgres = EmbeddedPostgres.start(data)) {
      assertThat(notes(postgres)).contains("kept");
      assertThat(orphan.isAlive()).isFalse();
    }
  }

  @Test
  void connectsToTheServerThatAnOwnerLeft() throws Exception {
    try (var owner = ChildJvm.start(PostgresOwner.class, data.toString())) {
      owner.awaitLine("committed");
      owner.kill();
    }
    try (var postgres = EmbeddedPostgres.connectOrStart(data)) {
      assertThat(notes(postgres)).contains("kept");
    }
    assertThat(cluster().recorded()).isEmpty();
  }

  @Test
  void refusesASecondOwner() {
    try (var _ = EmbeddedPostgres.start(data);
        var second = ChildJvm.start(PostgresOwner.class, data.toString())) {
      assertThat(second.awaitLine("refused"))
          .contains("Another Darkroom process (pid " + ProcessHandle.current().pid() + ")")
          .contains(data.toString());
      assertThatThrownBy(() -> EmbeddedPostgres.start(data))
          .asInstanceOf(type(FailureException.class))
          .extracting(FailureException::failure)
          .isInstanceOf(DatabaseFailure.DirectoryInUse.class);
    }
  }

  @Test
  void lendsARunningServerToACommandAndKeepsItRunning() throws Exception {
    try (var owner = EmbeddedPostgres.start(data)) {
      try (var borrowed = EmbeddedPostgres.connectOrStart(data)) {
        assertThat(borrowed.port()).isEqualTo(owner.port());
      }
      assertThat(query(owner, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void leavesNoProcessBehind() {
    ProcessHandle server;
    try (var _ = EmbeddedPostgres.start(data)) {
      server = recorded();
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void asksForThePasswordThatOnlyItsOwnerMayRead() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(query(postgres, "SHOW listen_addresses")).containsExactly("127.0.0.1");
      assertThat(query(postgres, "SHOW unix_socket_directories")).containsExactly("");
    }
    Path password = data.resolve("postgres/password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
  }

  @Test
  void isDurable() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data)) {
      assertThat(query(postgres, "SHOW fsync")).containsExactly("on");
      assertThat(query(postgres, "SHOW synchronous_commit")).containsExactly("on");
      assertThat(query(postgres, "SHOW full_page_writes")).containsExactly("on");
    }
  }

  @Test
  void listensWhereItDidLastTime() {
    int port;
    try (var postgres = EmbeddedPostgres.start(data)) {
      port = postgres.port();
    }
    try (var postgres = EmbeddedPostgres.start(data)) {
      assertThat(postgres.port()).isEqualTo(port);
    }
  }

  @Test
  void refusesTheClusterOfAnotherMajorVersion() throws IOException {
    Path version = data.resolve("postgres/cluster/PG_VERSION");
    String ours = Files.readString(version);
    Files.writeString(version, "17\n");
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data))
          .hasMessageContaining("was made by PostgreSQL 17")
          .hasMessageContaining("brings PostgreSQL 18");
    } finally {
      Files.writeString(version, ours);
    }
  }

  @Test
  void mindsNotThatTheRecordedProcessIsAnotherProgram() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    String self = data.toAbsolutePath() + "/postgres/cluster";
    Files.writeString(
        data.resolve("postgres/cluster/postmaster.pid"),
        "%d\n%s\n0\n1\n\n127.0.0.1\n".formatted(other.pid(), self));
    try (var postgres = EmbeddedPostgres.start(data)) {
      assertThat(query(postgres, "SELECT 1")).containsExactly("1");
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void saysWhyTheServerDidNotStart() throws IOException {
    Path settings = data.resolve("postgres/cluster/postgresql.auto.conf");
    String before = Files.readString(settings);
    Files.writeString(settings, "no_such_setting = 1\n");
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data))
          .hasMessageContaining("The embedded PostgreSQL did not start")
          .hasMessageContaining("errors");
    } finally {
      Files.writeString(settings, before);
    }
  }

  @Test
  void isStartedAgainOnItsPortWhenItIsKilled() throws Exception {
    try (var postgres = EmbeddedPostgres.start(data)) {
      int port = postgres.port();
      for (int kills = 1; kills <= 2; kills++) {
        recorded().destroyForcibly();
        int restarts = kills;
        await().atMost(Duration.ofSeconds(60)).until(() -> postgres.restarts() == restarts);
        assertThat(postgres.port()).isEqualTo(port);
        assertThat(query(postgres, "SELECT 1")).containsExactly("1");
      }
    }
    assertThat(cluster().recorded()).isEmpty();
  }

  @Test
  void isNotStartedAgainOnceItIsToldToStop() {
    var postgres = EmbeddedPostgres.start(data);
    ProcessHandle server = recorded();
    // Between the end of the process and its next start, as often as that can be met.
    server.destroyForcibly();
    server.onExit().join();
    postgres.close();
    assertThat(cluster().recorded()).isEmpty();
    assertThat(postgres.restarts()).isZero();
  }

  @Test
  void runsAsAnUnprivilegedUserWhereRootMayNotUnshare() throws Exception {
    assumeRoot();
    open(scratch.path());
    Path fresh = scratch.path().resolve("unprivileged");
    try (var owner = ownerWith(barred(), fresh)) {
      owner.awaitLine("committed");
      assertThat(Files.getAttribute(processOf(fresh), "unix:uid")).isEqualTo(65534);
      owner.kill();
    }
    // It stays with its owner, also where unshare works again.
    try (var postgres = EmbeddedPostgres.start(fresh)) {
      assertThat(notes(postgres)).containsExactly("kept");
      assertThat(Files.getAttribute(processOf(fresh), "unix:uid")).isEqualTo(65534);
    }
  }

  @Test
  void opensAClusterOfRootsWhereRootMayNotUnshareAnyMore() throws Exception {
    assumeRoot();
    open(scratch.path());
    Path roots = scratch.path().resolve("roots");
    EmbeddedPostgres.start(roots).close();
    assertThat(Files.getAttribute(roots.resolve("postgres/cluster"), "unix:uid")).isEqualTo(0);
    try (var owner = ownerWith(barred(), roots)) {
      owner.awaitLine("committed");
      assertThat(Files.getAttribute(processOf(roots), "unix:uid")).isEqualTo(65534);
    }
  }

  @Test
  void namesTheDirectoryThatItsUserMayNotEnter() throws Exception {
    assumeRoot();
    open(scratch.path());
    Path closed = Files.createDirectory(scratch.path().resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    try (var owner = ownerWith(barred(), closed.resolve("data"))) {
      assertThat(owner.awaitLine("refused"))
          .contains("the user 65534", "may not enter " + closed + ";", "--data");
    }
  }

  @Test
  void saysThatRootCannotRunItWhereNeitherWayWorks() throws Exception {
    assumeRoot();
    Path programs = Files.createDirectory(scratch.path().resolve("few-programs"));
    try (var owner = ownerWith(programs.toString(), scratch.path().resolve("never"))) {
      assertThat(owner.awaitLine("refused")).contains("neither unshare -U nor setpriv works here");
    }
  }

  private static void assumeRoot() {
    assumeTrue(new UnixSystem().getUid() == 0, "NOT TESTED: only root becomes another user");
  }

  /// A path on which `unshare` fails, as where user namespaces are barred.
  private static String barred() throws IOException {
    Path programs = Files.createTempDirectory(scratch.path(), "programs");
    Path unshare = Files.writeString(programs.resolve("unshare"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
    return programs + File.pathSeparator + System.getenv("PATH");
  }

  private static ChildJvm ownerWith(String path, Path directory) {
    return ChildJvm.start(
        List.of("/usr/bin/env", "PATH=" + path),
        System.getProperty("java.class.path"),
        PostgresOwner.class,
        directory.toString());
  }

  private static Path processOf(Path directory) {
    var cluster = new PostgresCluster(directory.resolve("postgres"));
    return Path.of("/proc", String.valueOf(cluster.recorded().orElseThrow().process().pid()));
  }

  @Test
  void servesAnOrdinaryUserAndThenRootOnTheSameFiles() throws Exception {
    assumeRoot();
    Path home = Files.createDirectory(scratch.path().resolve("nobody"));
    Files.setAttribute(home, "unix:uid", 65534);
    open(scratch.path());
    String classPath = copyClassPath(Files.createDirectory(scratch.path().resolve("lib")));
    var asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    Path nobodysData = home.resolve("data");
    try (var owner =
        ChildJvm.start(asNobody, classPath, PostgresOwner.class, nobodysData.toString())) {
      owner.awaitLine("committed");
      owner.kill();
    }
    try (var postgres = EmbeddedPostgres.start(nobodysData)) {
      assertThat(notes(postgres)).containsExactly("kept");
    }
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The other user may not be let into the folders that the class path lies in.
  private static String copyClassPath(Path target) throws IOException {
    open(target);
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path source = Path.of(entry);
      Path copy = target.resolve(copies.size() + "-" + source.getFileName());
      if (Files.isDirectory(source)) FileSystemUtils.copyRecursively(source, copy);
      else if (Files.exists(source)) Files.copy(source, copy);
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static PostgresCluster cluster() {
    return new PostgresCluster(data.resolve("postgres"));
  }

  private static ProcessHandle recorded() {
    return cluster().recorded().orElseThrow().process();
  }

  private static List<String> notes(EmbeddedPostgres postgres) throws SQLException {
    return query(postgres, "SELECT text FROM note");
  }

  private static List<String> query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) values.add(rows.getString(1));
      return values;
    }
  }
}
