package dev.darkroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

  private static final String PROJECTS = "/tailored-gen/projects";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = TokenCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Outcome(line.execute(arguments), out.toString(), err.toString());
  }

  /// On the data of the server that runs.
  private static Outcome runBeside(String arguments) {
    return run(
        Stream.concat(
                Arrays.stream(arguments.split(" ")),
                Stream.of(
                    "--data", server.data().toString(), "--database-url", server.database().url()))
            .toArray(String[]::new));
  }

  private static int status(String token) {
    return ApiClient.anonymous(server).with("api_token", token).get(PROJECTS).status();
  }

  @Test
  void makesATokenThatTheRunningServerTakesAtOnce() {
    var made = runBeside("create --org acme --name ci");
    assertThat(made.exitCode()).isZero();
    assertThat(made.err()).isEmpty();
    assertThat(made.out()).matches("dr_[0-9A-Za-z]{43}\\R");
    assertThat(status(made.out().strip())).isEqualTo(200);
  }

  @Test
  void givesATokenTheScopeThatIsAskedFor() {
    var writer = runBeside("create --org scopes --name w").out().strip();
    var reader = runBeside("create --org scopes --name r --scope read").out().strip();
    var admin = runBeside("create --org scopes --name a --scope ADMIN").out().strip();
    assertThat(health(writer)).isEqualTo(403);
    assertThat(health(reader)).isEqualTo(403);
    assertThat(health(admin)).isEqualTo(200);
    assertThat(
            ApiClient.anonymous(server)
                .with("api_token", reader)
                .post(
                    PROJECTS,
                    "{\"project_name\": \"p\", \"ip_type\": \"other\", \"ip_medium\": \"illustration\"}")
                .status())
        .isEqualTo(403);
  }

  private static int health(String token) {
    return ApiClient.anonymous(server).with("api_token", token).get("/actuator/health").status();
  }

  @Test
  void revokesATokenAtOnceAndGivesItsNameFree() {
    var first = runBeside("create --org rotating --name ci").out().strip();
    var refused = runBeside("create --org rotating --name ci");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("rotating", "ci");

    assertThat(runBeside("revoke --org rotating --name ci").exitCode()).isZero();
    assertThat(status(first)).isEqualTo(401);
    assertThat(runBeside("revoke --org rotating --name ci").exitCode()).isEqualTo(1);
    var second = runBeside("create --org rotating --name ci").out().strip();
    assertThat(status(second)).isEqualTo(200);
    assertThat(status(first)).isEqualTo(401);
  }

  @Test
  void replacesATokenAndLetsTheOldOneInForAWhile() {
    var first = runBeside("create --org replaced --name ci").out().strip();
    var second = runBeside("rotate --org replaced --name ci --grace 1d").out().strip();
    assertThat(second).matches("dr_[0-9A-Za-z]{43}").isNotEqualTo(first);
    assertThat(status(first)).isEqualTo(200);
    assertThat(status(second)).isEqualTo(200);
    var third = runBeside("rotate --org replaced --name ci").out().strip();
    assertThat(status(second)).isEqualTo(401);
    assertThat(status(third)).isEqualTo(200);
    assertThat(runBeside("revoke --org replaced --name ci").exitCode()).isZero();
    assertThat(status(first)).as("the name ends with all its texts").isEqualTo(401);
    assertThat(status(third)).isEqualTo(401);
    var refused = runBeside("rotate --org replaced --name ci");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("replaced", "ci");
  }

  @Test
  void endsATokenWhenItsTimeIsOver() {
    var token = runBeside("create --org brief --name ci --expires-in 90d").out().strip();
    assertThat(status(token)).isEqualTo(200);
    server.jdbc().sql("UPDATE api_token SET expires_at = expires_at - interval '90 days'").update();
    assertThat(status(token)).isEqualTo(401);
  }

  @Test
  void listsTokensWithoutTheirTexts() {
    var text = runBeside("create --org listed --name ci --scope read").out().strip();
    runBeside("create --org unlisted --name other");
    var all = runBeside("list");
    var some = runBeside("list --org listed");
    assertThat(all.out()).contains("listed", "ci", "read", "other", "default");
    assertThat(some.out()).contains("ci").doesNotContain("other").doesNotContain("unlisted");
    assertThat(all.out()).doesNotContain(text, server.token());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create --name ci",
        "create --org acme",
        "create --org acme --name x --scope root",
        "create --org acme --name x --expires-in soon",
        "create --org acme --name x --expires-in -1d",
        "create --org acme --name x --expires-in 0d",
        "create --org= --name x",
        "revoke --org acme",
        "rotate --org acme --name x --grace never",
        "destroy"
      })
  void saysHowItIsUsed(String arguments) {
    var outcome = runBeside(arguments);
    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("Usage: token");
  }

  @Test
  void worksOnAFreshDataDirectoryWithoutAServer(@TempDir Path data) {
    var made = run("create", "--org", "acme", "--name", "ci", "--data", data.toString());
    assertThat(made.err()).isEmpty();
    assertThat(made.out()).startsWith("dr_");
    assertThat(run("list", "--data", data.toString()).out()).contains("acme");
  }
}
