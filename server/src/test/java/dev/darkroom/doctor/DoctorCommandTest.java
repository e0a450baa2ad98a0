package dev.darkroom.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ScratchDirectory;
import dev.darkroom.TestDatabase;
import dev.darkroom.archive.TestEntry;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.database.EmbeddedPostgres;
import dev.darkroom.secret.MasterKey;
import dev.darkroom.secret.SecretSettings;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  private ScratchDirectory scratch;
  private Path data;

  private record Outcome(int exitCode, String out, String err) {

    /// The line of a check.
    String line(String name) {
      return out.lines()
          .filter(line -> line.matches("(ok|warning|failed) +" + name + " .*"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no line of " + name + " in:\n" + out + err));
    }
  }

  @BeforeEach
  void makeAPlace() {
    scratch = ScratchDirectory.create();
    data = scratch.path().resolve("data");
  }

  @AfterEach
  void clear() {
    scratch.close();
  }

  @AfterAll
  static void dropTheDatabase() {
    DATABASE.close();
  }

  private Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /// With a database that is there, which saves the start of another.
  private Outcome runWithDatabase(Map<String, String> settings, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add("--database-url=" + DATABASE.url());
    return run(settings, line.toArray(String[]::new));
  }

  private Outcome run(Map<String, String> settings, String... arguments) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(settings)));
    var out = new StringWriter();
    var err = new StringWriter();
    List<String> line = new ArrayList<>(List.of("--data=" + data));
    line.addAll(List.of(arguments));
    int exitCode =
        new CommandLine(new DoctorCommand(environment))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  @Test
  void findsWhatAFreshMachineHasAndMakesNothing() {
    var outcome = run();
    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(outcome.line("java")).startsWith("ok ").contains("Java 25", "processors");
    assertThat(outcome.line("data")).contains("which is made at the start");
    assertThat(outcome.line("database")).startsWith("ok ").contains("tried out", "version 1");
    assertThat(outcome.line("store")).startsWith("ok ").contains("which is made at the start");
    assertThat(outcome.line("secret")).startsWith("ok ");
    assertThat(outcome.line("captioner")).startsWith("ok ").contains("can be measured");
    assertThat(data).doesNotExist();
    assertThat(scratch.path()).isEmptyDirectory();
  }

  @Test
  void asksTheDatabaseOfARunningServerAndLeavesItRunning() throws Exception {
    try (var running = EmbeddedPostgres.start(data)) {
      assertThat(run().line("database"))
          .startsWith("ok ")
          .contains("of a server that is running: version 1");
      try (var connection =
          DriverManager.getConnection(running.jdbcUrl(), running.user(), running.password())) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  @Test
  void endsTheDatabaseThatItStartedForTheMoment() {
    EmbeddedPostgres.start(data).close();
    assertThat(run().line("database"))
        .startsWith("ok ")
        .contains("The built-in PostgreSQL: version 1");
    assertThat(data.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void saysWhatIsWrongAndEndsWithOne() throws IOException {
    Path file = Files.writeString(scratch.path().resolve("file"), "in the way");
    Files.createDirectories(data);
    Files.writeString(data.resolve("secret"), "short");
    var outcome =
        run(
            Map.of("darkroom.captioner.remote.base-url", "ftp://host"),
            "--store=" + file.resolve("objects"),
            "--database-url=postgresql://127.0.0.1:1/none");
    assertThat(outcome.exitCode()).isOne();
    assertThat(outcome.line("store")).startsWith("failed ").contains("name another with --store.");
    assertThat(outcome.line("database"))
        .startsWith("failed ")
        .contains("The database of --database-url cannot be used");
    assertThat(outcome.line("secret")).startsWith("failed ");
    assertThat(outcome.line("captioner"))
        .startsWith("failed ")
        .contains("base-url must begin with http:// or https://");
  }

  /// What a node makes by itself is another on each, and one refuses the links of the other.
  @Test
  void warnsOfAMasterKeyThatOtherNodesWouldNotHave() throws IOException {
    assertThat(runWithDatabase(Map.of()).line("secret"))
        .startsWith("warning ")
        .contains("DARKROOM_SECRET", "openssl rand -base64 32");
    assertThat(new SecretCheck(data, "x".repeat(32), true).run().state())
        .isEqualTo(Finding.State.OK);
    assertThat(data).doesNotExist();
    var made = MasterKey.load(new SecretSettings(data, null));
    assertThat(made).isNotNull();
    assertThat(runWithDatabase(Map.of()).line("secret"))
        .startsWith("warning ")
        .contains("DARKROOM_SECRET", data.resolve("secret").toString())
        .doesNotContain(Files.readString(data.resolve("secret")).strip());
    assertThat(run().line("secret")).startsWith("ok ");
  }

  @ParameterizedTest
  @CsvSource({
    "--store=s3://images, true",
    "--database-url=postgresql://db/darkroom, true",
    "--database-url=, false",
    "--store=objects, false"
  })
  void takesABucketAndADatabaseElsewhereForShared(String option, boolean shared) {
    var doctor = new DoctorCommand(new StandardEnvironment());
    var _ = new CommandLine(doctor).parseArgs(option);
    assertThat(doctor.sharesWithOtherNodes()).isEqualTo(shared);
  }

  @Test
  void asksTheModelsThatAreConnected() {
    try (var model = FakeVisionModel.start()) {
      model.always(ModelBehaviour.scores(Map.of("violence", 0.9)));
      assertThat(runWithDatabase(model.moderatorProperties()).line("moderator")).startsWith("ok ");
    }
    try (var model = FakeVisionModel.start()) {
      assertThat(runWithDatabase(model.captionerProperties()).line("captioner"))
          .startsWith("ok ")
          .contains("writes captions.");
    }
  }

  @Test
  void fetchesASourceAsAnUploadWould() {
    try (var zips = ZipServer.serving(TestZip.with(TestEntry.file("a.txt", new byte[] {1})))) {
      var closed = runWithDatabase(Map.of(), "--source=" + zips.url());
      assertThat(closed.exitCode()).isOne();
      assertThat(closed.line("source")).startsWith("failed ").doesNotContain("signature");
      var open =
          runWithDatabase(Map.of(), "--source=" + zips.url(), "--allow-address=127.0.0.1/32");
      assertThat(open.exitCode()).as(open.out()).isZero();
      assertThat(open.line("source"))
          .startsWith("ok ")
          .contains("/archive.zip can be fetched")
          .doesNotContain("signature");
    }
  }

  @Test
  void printsOneObjectAsJson() {
    var outcome = runWithDatabase(Map.of(), "--json", "--source=nonsense");
    assertThat(outcome.exitCode()).isOne();
    JsonNode report = JsonMapper.shared().readTree(outcome.out());
    assertThat(report.get("healthy").asBoolean()).isFalse();
    List<String> names = new ArrayList<>();
    report.get("checks").forEach(check -> names.add(check.get("name").asString()));
    assertThat(names)
        .containsExactly(
            "java",
            "data",
            "database",
            "store",
            "secret",
            "decoder",
            "captioner",
            "moderator",
            "source");
    assertThat(report.get("checks").get(8).get("state").asString()).isEqualTo("failed");
  }

  @Test
  void refusesACommandLineThatMakesNoSense() {
    assertThat(run("--store=ftp://host").exitCode()).isEqualTo(64);
    assertThat(run("--unknown").exitCode()).isEqualTo(64);
  }
}
