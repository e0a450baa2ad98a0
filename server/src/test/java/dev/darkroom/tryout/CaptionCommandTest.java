package dev.darkroom.tryout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.caption.GeneratedCaptions;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

class CaptionCommandTest {

  @TempDir private static Path folder;
  private static Path image;

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeAll
  static void writeAnImage() throws IOException {
    image = write("a.jpg", SampleImages.withOrientation(SampleImages.jpeg(600, 400), 6));
  }

  private static Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static Outcome run(Object... arguments) {
    return run(Map.of(), arguments);
  }

  private static Outcome run(Map<String, String> settings, Object... arguments) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(settings)));
    var out = new StringWriter();
    var err = new StringWriter();
    var line =
        CaptionCommand.commandLine(environment)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int exitCode = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  @Test
  void asksTheVisionModelThatIsSet() {
    try (var model = FakeVisionModel.start()) {
      var outcome = run(model.captionerProperties(), "--json", image);
      assertThat(outcome.err()).isEmpty();
      GeneratedCaptions.assertValid(outcome.out().strip(), null);
      assertThat(model.requests()).hasSize(1);
    }
  }

  @Test
  void tellsThatTheVisionModelIsOutAndEnds() {
    try (var model = FakeVisionModel.start()) {
      model.always(ModelBehaviour.status(401));
      var outcome = run(model.captionerProperties(), image);
      assertThat(outcome.exitCode()).isOne();
      assertThat(outcome.err()).startsWith("darkroom: " + image);
    }
  }

  @Test
  void saysWhichSettingIsWrong() {
    var outcome = run(Map.of("darkroom.captioner.remote.base-url", "ftp://host"), image);
    assertThat(outcome.exitCode()).isOne();
    assertThat(outcome.err()).contains("base-url must begin with http:// or https://");
  }

  @Test
  void takesTheServersLimitOfPixels() {
    var outcome =
        run(
            Map.of("darkroom.limits.max-pixels", "100", "darkroom.limits.min-dimension", "1"),
            image);
    assertThat(outcome.exitCode()).isOne();
    assertThat(outcome.err()).startsWith("darkroom: " + image).contains("100");
  }

  @Test
  void listsWhatTheCaptionerSays() {
    var outcome = run(image);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith(image + " (measuring 1)")
        .contains("  short description     A picture in portrait format (2:3)")
        .contains("  lighting" + System.lineSeparator() + "    conditions ")
        .contains("  not determined        background setting, ")
        .doesNotContain("objects");
  }

  @Test
  void printsTheRawCaptionForPrograms() {
    var outcome = run("--json", image, image);
    assertThat(outcome.out().lines()).hasSize(2);
    for (String line : outcome.out().lines().toList()) {
      assertThat(new JsonMapper().readTree(line).get("objects")).isEmpty();
    }
  }

  @Test
  void putsAVisualSchemaIntoTheCaption() throws IOException {
    var schema =
        Files.writeString(folder.resolve("schema.json"), "{\"style_medium\": \"gouache\"}");
    assertThat(run("--schema", schema, image).out()).contains("gouache");
    Files.writeString(schema, "[]");
    var refused = run("--schema", schema, image);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).startsWith("darkroom: ").hasLineCount(1);
    assertThat(run("--schema", folder.resolve("none.json"), image).err())
        .contains("none.json", "cannot be read")
        .hasLineCount(1);
  }

  @Test
  void printsPlainTextForLegacyDatasets() {
    var outcome = run("--legacy", "--prefix", "sks", image);
    assertThat(outcome.out().lines().toList().get(1)).startsWith("sks A picture in portrait");
    assertThat(run("--legacy", "--json", image).out()).startsWith("A picture in portrait");
  }

  @Test
  void goesOnAfterAFileThatIsNoImageAndSaysSoInTheEnd() throws IOException {
    var page = write("b.jpg", "<!DOCTYPE html><p>no".getBytes(UTF_8));
    var outcome = run(page, folder.resolve("none.jpg"), image);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .containsExactly(
            "darkroom: %s: The file is an HTML page; convert it to a usual JPEG, PNG or WebP image."
                .formatted(page),
            "darkroom: %s: There is no such file.".formatted(folder.resolve("none.jpg")));
    assertThat(outcome.out()).startsWith(image.toString());
  }

  @Test
  void takesImagesThatAreTooSmallForADataset() throws IOException {
    var outcome = run(write("tiny.png", SampleImages.png(3, 2)));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("landscape format (3:2)");
  }

  @Test
  void refusesAnEmptyFileAndAFolder() throws IOException {
    assertThat(run(write("empty.jpg", new byte[0])).err()).contains("The file is empty");
    assertThat(run(folder).err()).contains("cannot be read").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--json", "--legacy --schema a.json a.jpg", "--prefix p a.jpg", "--nothing a.jpg"})
  void saysHowItIsUsed(String arguments) {
    var outcome = run((Object[]) arguments.split(" +"));
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("darkroom: ").hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(64);
  }
}
