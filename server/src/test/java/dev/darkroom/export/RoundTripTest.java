package dev.darkroom.export;

import static dev.darkroom.archive.TestEntry.file;
import static dev.darkroom.export.TestExports.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.ZipServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What was downloaded is uploaded again.
class RoundTripTest {

  private static TestServer server;
  private static TestExports exports;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestExports.SETTINGS);
    exports = new TestExports(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "imagefolder", "kohya"})
  void givesALegacyDatasetItsImagesAndCaptionsBack(String format) {
    long dataset =
        exports.dataset(
            "max",
            image("a.jpg", 1),
            file("a.jpg.txt", "a barn, \"red\""),
            image("a.png", 2),
            file("a.png.txt", "Zoë’s mill"),
            image("A.JPG", 3),
            file("A.JPG.txt", "another barn"),
            image("a.jpg.png", 4),
            file("a.jpg.png.txt", "a pond"),
            image("shoot\\day.1/b", 5),
            file("shoot/day.1/b.txt", "a road 🌾"),
            image("../../c.png", 6),
            file("../../c.txt", "a gate"));
    assertThat(contents(again(dataset, "max", format))).hasSize(6).isEqualTo(contents(dataset));
  }

  @Test
  void givesAFiboDatasetItsImagesBack() {
    long dataset = exports.dataset("fibo", image("a.jpg", 1), image("a.png", 2), image("x/a", 3));
    exports.caption(dataset, 0, "{}", "manual");
    exports.caption(dataset, 1, "{\"context\": \"a\"}", "manual");
    var again = exports.client().images(again(dataset, "fibo", "zip"));
    var before = exports.client().images(dataset);
    assertThat(again).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(again.get(i).get("sha256")).isEqualTo(before.get(i).get("sha256"));
    }
  }

  private static long again(long dataset, String version, String format) {
    var zip = exports.download(dataset, format);
    long again = exports.client().dataset(version);
    try (var source = ZipServer.serving(zip)) {
      var status = exports.client().upload(again, source.url());
      assertThat(status.get("failed").asInt()).as(status.toString()).isZero();
    }
    return again;
  }

  /// Digest and caption of each image.
  private static List<String> contents(long dataset) {
    List<String> contents = new ArrayList<>();
    for (JsonNode image : exports.client().images(dataset)) {
      contents.add(image.get("sha256").asString() + " " + image.get("caption").asString());
    }
    return contents;
  }
}
