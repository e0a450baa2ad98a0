package dev.darkroom.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Application;
import dev.darkroom.ScratchDirectory;
import dev.darkroom.TestDatabase;
import dev.darkroom.storage.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    var commands = new Commands(Application.class, environment);
    commands.line().setErr(new PrintWriter(err));
    return commands.run(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--port          | 65536                   | '65536' is not a port; use 0 to 65535",
        "--port          | eighty                  | 'eighty' is not a port",
        "--port          | -1                      | '-1' is not a port",
        "--public-url    | images.example.com      | is not an address such as https://",
        "--public-url    | ftp://example.com       | is not an address such as https://",
        "--public-url    | https://a:b@example.com | is not an address such as https://",
        "--public-url    | https://example.com?a=b | is not an address such as https://",
        "--store         | gs://bucket             | 'gs://bucket' is neither the path of a directory",
        "--store         | s3://a                  | 's3://a' is neither the path of a directory",
        "--database-url  | mysql://ann:hidden@db/x | must begin with postgresql://",
        "--prot          | 80                      | Unknown option"
      })
  void refusesAWrongValueInOneLine(String option, String value, String reason) {
    assertThat(run(Map.of(), "serve", option, value)).isEqualTo(64);
    assertThat(err.toString())
        .startsWith("darkroom: ")
        .contains(option, reason)
        .doesNotContain("hidden")
        .hasLineCount(1);
  }

  @Test
  void refusesAWrongValueOfTheEnvironment() {
    assertThat(run(Map.of("DARKROOM_PORT", "eighty"), "serve")).isEqualTo(64);
    assertThat(err.toString()).contains("--port", "'eighty'").hasLineCount(1);
  }

  @Test
  void saysInOneLineThatThePortIsTaken() throws IOException {
    try (var database = TestDatabase.create();
        var scratch = ScratchDirectory.create();
        var taken = new ServerSocket(0)) {
      int exitCode =
          run(
              Map.of("DARKROOM_DATABASE_URL", database.url()),
              "serve",
              "--data=" + scratch.path(),
              "--port=" + taken.getLocalPort());
      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "darkroom: port %d is in use by another program; choose another with --port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void saysWhatIsWrongWithASetting() {
    try (var database = TestDatabase.create();
        var scratch = ScratchDirectory.create()) {
      int exitCode =
          run(
              Map.of(),
              "serve",
              "--data=" + scratch.path(),
              "--database-url=" + database.url(),
              "--port=0",
              "--allow-address=everywhere");
      assertThat(exitCode).isEqualTo(64);
      assertThat(err.toString())
          .contains("The allowed address 'everywhere' is not CIDR")
          .hasLineCount(1);
    }
  }

  @Test
  void saysWhyTheBucketCannotBeUsed() {
    try (var database = TestDatabase.create();
        var scratch = ScratchDirectory.create();
        var s3 = S3Server.start()) {
      System.setProperty("darkroom.s3.endpoint", s3.endpoint());
      System.setProperty("darkroom.s3.access-key", s3.accessKey());
      System.setProperty("darkroom.s3.secret-key", "hidden");
      int exitCode =
          run(
              Map.of("DARKROOM_STORE", "s3://images/darkroom"),
              "serve",
              "--data=" + scratch.path(),
              "--database-url=" + database.url(),
              "--port=0");
      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString())
          .contains("--store", "s3://images/darkroom at " + s3.endpoint(), "it denies access")
          .doesNotContain("hidden")
          .hasLineCount(1);
    } finally {
      for (var setting : List.of("endpoint", "access-key", "secret-key")) {
        System.clearProperty("darkroom.s3." + setting);
      }
    }
  }

  @Test
  void namesTheSettingThatIsNotOfItsType() {
    try (var database = TestDatabase.create();
        var scratch = ScratchDirectory.create()) {
      System.setProperty("darkroom.fetch.max-redirects", "many");
      int exitCode =
          run(
              Map.of(),
              "serve",
              "--data=" + scratch.path(),
              "--database-url=" + database.url(),
              "--port=0");
      assertThat(exitCode).isEqualTo(64);
      assertThat(err.toString())
          .contains("darkroom.fetch.max-redirects", "\"many\"")
          .hasLineCount(1);
    } finally {
      System.clearProperty("darkroom.fetch.max-redirects");
    }
  }
}
