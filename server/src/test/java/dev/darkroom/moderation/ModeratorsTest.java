package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeratorsTest {

  @TempDir private Path folder;

  @Test
  void areNoneWithoutTheModelAndSayHowToGetIt() {
    var moderators = Moderators.local(folder, folder, 0.6);
    assertThat(moderators.find()).isEmpty();
    assertThat(moderators.absence())
        .isEqualTo(
            "The local moderator cannot work: the npm package nsfwjs is not installed; run `npm ci --ignore-scripts` in the folder runtime.");
  }

  @Test
  void areNoneWithAnotherModel() throws IOException {
    Path model = Files.createDirectories(PublishedModel.in(folder).folder());
    Files.writeString(model.resolve("model.min.js"), "another");
    var moderators = Moderators.local(folder, folder, 0.6);
    assertThat(moderators.find()).isEmpty();
    assertThat(moderators.absence())
        .contains("model.min.js has 7 bytes, and not 106679; run `npm ci");
  }

  @Test
  void areTheLocalOneWithTheModel() {
    TestModel.assumeInstalled();
    var moderators = Moderators.local(TestModel.runtime(), folder, 0.6);
    assertThat(moderators.find().orElseThrow().name())
        .isEqualTo("nsfwjs 4.4.0 mobilenet_v2, on this machine");
    assertThat(moderators.absence()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void refuseAThresholdThatNoScoreCanMeet(double threshold) {
    assertThatThrownBy(() -> Moderators.local(folder, folder, threshold))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "darkroom.moderator.local.threshold must be above 0 and at most 1, and is "
                + threshold);
  }
}
