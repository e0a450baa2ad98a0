package dev.darkroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationCommandTest {

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

  /// On the data of the server that runs.
  private static Outcome run(String arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line =
        OrganizationCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    var words =
        Stream.concat(
            Arrays.stream(arguments.split(" ")),
            Stream.of(
                "--data", server.data().toString(), "--database-url", server.database().url()));
    return new Outcome(line.execute(words.toArray(String[]::new)), out.toString(), err.toString());
  }

  @Test
  void makesAndListsOrganizations() {
    assertThat(run("create --org acme")).isEqualTo(new Outcome(0, "", ""));
    var again = run("create --org acme");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("acme");
    assertThat(run("list").out())
        .containsPattern("acme +active")
        .containsPattern("default +active");
  }

  @Test
  void suspendsAndResumesAtOnce() {
    var token = TestTokens.make(server, "late", Scope.READ);
    assertThat(run("suspend --org late").exitCode()).isZero();
    assertThat(status(token)).isEqualTo(403);
    assertThat(run("list").out()).containsPattern("late +suspended");
    assertThat(run("resume --org late").exitCode()).isZero();
    assertThat(status(token)).isEqualTo(200);
  }

  @Test
  void setsTheQuotasThatAreGiven() {
    run("create --org bounded");
    assertThat(run("quota --org bounded").out())
        .containsPattern("bounded +active .* 0 +default +default +default");
    assertThat(run("quota --org bounded --storage 2GB --running 3").out())
        .containsPattern("2147483648 +3 +default");
    assertThat(run("quota --org bounded --per-day 0 --storage 77").out())
        .containsPattern(" 77 +3 +0");
    assertThat(run("quota --org bounded --running default").out())
        .containsPattern(" 77 +default +0");
    assertThat(server.bean(Organizations.class).get("bounded").quotas())
        .isEqualTo(new Quota(77L, null, 0));
  }

  @Test
  void purgesOnlyWhereItIsMeant() {
    var token = TestTokens.make(server, "gone", Scope.WRITE);
    var unsure = run("purge --org gone");
    assertThat(unsure.exitCode()).isEqualTo(64);
    assertThat(unsure.err()).contains("--yes");
    assertThat(status(token)).isEqualTo(200);

    assertThat(run("purge --org gone --yes").exitCode()).isZero();
    assertThat(status(token)).isEqualTo(401);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> run("list").out(), out -> !out.contains("gone"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "resume", "quota", "quota --storage 1GB", "purge --yes"})
  void knowsNoOrganizationThatIsNotThere(String command) {
    var outcome = run(command + " --org nobody");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("There is no organization nobody.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create",
        "create --org=",
        "suspend",
        "quota --org default --storage much",
        "quota --org default --storage -1GB",
        "quota --org default --running 1.5",
        "quota --org default --per-day -1",
        "destroy"
      })
  void saysHowItIsUsed(String arguments) {
    var outcome = run(arguments);
    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("Usage: organization");
  }

  private static int status(String token) {
    return ApiClient.anonymous(server)
        .with("api_token", token)
        .get("/tailored-gen/projects")
        .status();
  }
}
