package dev.darkroom.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.moderation.TestModel;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModerateCommandTest {

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  private Outcome run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private Outcome run(Map<String, String> settings, String... arguments) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(settings)));
    var out = new StringWriter();
    var err = new StringWriter();
    var line =
        new CommandLine(new ModerateCommand(environment))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int exitCode =
        line.execute(
            Stream.concat(Stream.of("--data=" + folder), Arrays.stream(arguments))
                .toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  @Test
  void asksTheEndpointThatIsSet() throws IOException {
    try (var model = FakeVisionModel.start()) {
      model.always(ModelBehaviour.scores(Map.of("violence", 0.9)));
      var outcome = run(model.moderatorProperties(), file("a.png", SampleImages.png(300, 200)));
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.out()).contains("violence");
    }
  }

  @Test
  void saysWhichSettingIsWrong() throws IOException {
    var outcome =
        run(
            Map.of("darkroom.moderator.remote.base-url", "ftp://host"),
            file("a.png", SampleImages.png(300, 200)));
    assertThat(outcome.exitCode()).isOne();
    assertThat(outcome.err()).contains("base-url must begin with http:// or https://");
  }

  @Nested
  class WithTheModel {

    private String passed;
    private String rejected;
    private String text;

    @BeforeEach
    void makeFiles() throws IOException {
      TestModel.assumeInstalled();
      passed = file("passed.png", SampleImages.png(300, 200));
      rejected = file("rejected.jpg", TestModel.rejectedJpeg(512, 512));
      text = file("text.jpg", new byte[] {'t', 'e', 'x', 't'});
    }

    @Test
    void endsWithZeroWhereAllPass() {
      var outcome = run(passed);
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.out())
          .matches("passed      \\S+passed.png  [a-z]+ 0\\.\\d\\d(, [a-z]+ 0\\.\\d\\d){4}\\R");
    }

    @Test
    void endsWithTwoWhereSomeAreRejected() {
      var outcome = run(rejected, passed);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.out().lines().toList())
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .startsWith("rejected    " + rejected + "  hentai 0.")
                      .contains("(from 0.60 on): hentai 0."),
              second -> assertThat(second).startsWith("passed      " + passed));
    }

    @Test
    void endsWithOneWhereOneCannotBeJudgedAndJudgesTheOthers() {
      var outcome = run(rejected, text, folder.resolve("none.jpg").toString(), passed);
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.out().lines().map(line -> line.substring(0, 10)).toList())
          .containsExactly("rejected  ", "not judged", "not judged", "passed    ");
      assertThat(outcome.out()).contains("none.jpg  There is no such file.");
    }

    @Test
    void tellsTheSameAsJson() {
      var outcome = run("--json", rejected, text);
      assertThat(outcome.exitCode()).isEqualTo(1);
      JsonNode report = JsonMapper.shared().readTree(outcome.out());
      assertThat(report.path("moderator").stringValue()).contains("nsfwjs");
      JsonNode first = report.path("files").path(0);
      assertThat(first.path("file").stringValue()).isEqualTo(rejected);
      assertThat(first.path("verdict").stringValue()).isEqualTo("rejected");
      assertThat(first.path("category").stringValue()).isEqualTo("hentai");
      assertThat(first.path("score").doubleValue()).isBetween(0.6, 1.0);
      assertThat(first.path("threshold").doubleValue()).isEqualTo(0.6);
      assertThat(first.path("scores").propertyNames())
          .containsExactly("drawing", "hentai", "neutral", "porn", "sexy");
      JsonNode second = report.path("files").path(1);
      assertThat(second.path("verdict").stringValue()).isEqualTo("not_judged");
      assertThat(second.path("reason").stringValue()).isNotBlank();
      assertThat(second.has("scores")).isFalse();
    }

    @Test
    void takesAnotherThreshold() {
      assertThat(run("--threshold=1", rejected).exitCode()).isZero();
    }
  }

  @Test
  void saysHowToGetTheModel() throws IOException {
    var outcome = run("--runtime=" + folder, file("a.png", SampleImages.png(300, 200)));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("darkroom: The local moderator").contains("npm ci");
  }

  @Test
  void refusesAThresholdThatNoScoreCanMeet() throws IOException {
    var outcome = run("--threshold=2", file("a.png", SampleImages.png(300, 200)));
    assertThat(outcome.exitCode()).isEqualTo(64);
    assertThat(outcome.err()).contains("must be above 0 and at most 1, and is 2.0");
  }
}
