package dev.darkroom.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.provider.ProviderFailure;
import dev.darkroom.provider.SettableClock;
import dev.darkroom.provider.TestProviders;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RemoteModeratorTest {

  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};

  private static TestProviders shared;
  private FakeVisionModel model;

  @BeforeAll
  static void create() {
    shared = TestProviders.create();
  }

  @AfterAll
  static void drop() {
    shared.close();
  }

  @BeforeEach
  void start() {
    shared.jdbc().sql("DELETE FROM provider_gate").update();
    model = FakeVisionModel.start();
  }

  @AfterEach
  void stop() {
    model.close();
  }

  @Test
  void sendsThePictureAsItIs() throws Exception {
    var _ = judged();
    var request = model.lastRequest();
    assertThat(request.path()).isEqualTo("/v1/moderations");
    assertThat(request.body().path("model").asString()).isEqualTo("fake-moderation");
    assertThat(request.pictures()).containsExactly(JPEG);
    assertThat(request.authorization()).isEqualTo("Bearer " + TestProviders.KEY);
  }

  @Test
  void passesAPictureWhoseScoresAreAllBelowTheirThresholds() throws Exception {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.49, "sexual", 0.0)));
    assertThat(judged()).isEqualTo(new Verdict.Passed(Map.of("violence", 0.49, "sexual", 0.0)));
  }

  @Test
  void rejectsFromTheThresholdOn() throws Exception {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.5)));
    assertThat(judged())
        .isEqualTo(new Verdict.Rejected("violence", 0.5, 0.5, Map.of("violence", 0.5)));
  }

  @Test
  void namesTheCategoryThatIsFurthestOverItsThreshold() throws Exception {
    var scores = Map.of("violence", 0.95, "self-harm", 0.3, "harassment", 0.9);
    model.always(ModelBehaviour.scores(scores));
    assertThat(judged("violence=0.9", "self-harm = 0.1"))
        .isEqualTo(new Verdict.Rejected("self-harm", 0.3, 0.1, scores));
  }

  @Test
  void rejectsForNoIgnoredCategory() throws Exception {
    model.always(ModelBehaviour.scores(Map.of("illicit", 0.99, "violence", 0.1)));
    assertThat(judged()).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void warnsOnceOfConfiguredCategoriesThatTheServerDoesNotGive(CapturedOutput output)
      throws Exception {
    model.next(ModelBehaviour.sends("{}"));
    model.always(ModelBehaviour.scores(Map.of("violence", 0.4, "sexual", 0.1)));
    var moderator = moderator("Violence=0.3", "sexual=0.6");
    assertThat(moderator.judge(JPEG)).isInstanceOf(Verdict.Passed.class);
    assertThat(moderator.judge(JPEG)).isInstanceOf(Verdict.Passed.class);
    assertThat(output.getOut())
        .containsOnlyOnce(
            "gives no scores for Violence, illicit, which settings name, but for sexual, violence");
  }

  @Test
  void warnsOfNothingWhereTheServerGivesAllThatIsConfigured(CapturedOutput output)
      throws Exception {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.1, "illicit", 0.1)));
    assertThat(judged("violence=0.3")).isInstanceOf(Verdict.Passed.class);
    assertThat(output.getOut()).doesNotContain("gives no scores for");
  }

  @Test
  void goesByTheScoresAndNotByWhatTheServerCallsFlagged() throws Exception {
    model.always(
        ModelBehaviour.sends(
            """
            {"results": [{"flagged": true, "categories": {"violence": true}, "category_scores": {"violence": 0.2}}]}
            """));
    assertThat(judged()).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void goesByTheHighestScoreOfSeveralResults() throws Exception {
    model.always(
        ModelBehaviour.sends(
            """
            {"results": [{"category_scores": {"violence": 0.8}}, {"category_scores": {"violence": 0.1}}]}
            """));
    assertThat(judged())
        .isEqualTo(new Verdict.Rejected("violence", 0.8, 0.5, Map.of("violence", 0.8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"results\": []}",
        "{\"results\": [{}]}",
        "{\"results\": [{\"flagged\": false}]}",
        "{\"results\": [{\"category_scores\": {}}]}",
        "{\"results\": [{\"category_scores\": {\"violence\": NaN}}]}",
        "{\"results\": [{\"category_scores\": {\"violence\": \"NaN\"}}]}",
        "{\"results\": [{\"category_scores\": {\"violence\": null}}]}",
        "{\"results\": [{\"category_scores\": {\"violence\": -0.1}}]}",
        "{\"results\": [{\"category_scores\": {\"violence\": 1.5}}]}",
        "{\"results\": [{\"category_scores\": {\"violence\": 0.1, \"sexual\": true}}]}",
        "{\"results\": [{\"category_scores\"",
        "[]",
        ""
      })
  void isUndecidedAfterThreeAnswersThatTellNothing(String answer) throws Exception {
    model.always(ModelBehaviour.sends(answer));
    assertUndecided();
  }

  @Test
  void isUndecidedWhereTheServerDoesNotTakeThePictureThreeTimes() throws Exception {
    model.always(ModelBehaviour.status(400));
    assertUndecided();
  }

  @Test
  void asksAgainAfterAnAnswerThatTellsNothing() throws Exception {
    model.next(ModelBehaviour.sends("{}"), ModelBehaviour.status(422));
    assertThat(judged()).isInstanceOf(Verdict.Passed.class);
    assertThat(model.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 503})
  void waitsForAServerThatIsOut(int status) {
    model.always(ModelBehaviour.status(status));
    assertThat(catchThrowableOfType(FailureException.class, this::judged).failure())
        .isInstanceOf(ProviderFailure.Unavailable.class)
        .returns(Retry.WHEN_BACK, Failure::retry);
  }

  @Test
  void isNamedForItsModelAndHost() {
    assertThat(moderator().name()).isEqualTo("fake-moderation at 127.0.0.1:" + model.port());
  }

  @Test
  void takesNoThresholdThatMakesNoSense() {
    for (var threshold : List.of("violence", "violence=", "=", "violence=high")) {
      assertThatThrownBy(() -> settings(0.5, threshold)).hasMessageContaining("category=score");
    }
    for (var threshold : List.of("violence=0", "violence=1.1", "violence=NaN")) {
      assertThatThrownBy(() -> settings(0.5, threshold)).hasMessageContaining("above 0");
    }
    assertThatThrownBy(() -> settings(0)).hasMessageContaining("default-threshold is 0.0");
  }

  @Test
  void doesNotTellTheKey() {
    assertThat(settings(0.5).toString()).contains("illicit").doesNotContain("never-tell");
  }

  private void assertUndecided() throws InterruptedException {
    assertThat(judged())
        .isInstanceOfSatisfying(
            Verdict.Undecided.class,
            undecided -> {
              assertThat(undecided.failure().status()).isEqualTo(500);
              assertThat(undecided.failure().type()).isEqualTo("moderation.undecided");
              assertThat(undecided.failure().retry()).isEqualTo(Retry.NEVER);
            });
    assertThat(model.requests()).hasSize(3);
  }

  private Verdict judged(String... thresholds) throws InterruptedException {
    return moderator(thresholds).judge(JPEG);
  }

  private RemoteModerator moderator(String... thresholds) {
    return new RemoteModerator(shared.node(new SettableClock()), settings(0.5, thresholds));
  }

  private RemoteModeratorSettings settings(double defaultThreshold, String... thresholds) {
    return new RemoteModeratorSettings(
        model.baseUrl(),
        TestProviders.KEY,
        "fake-moderation",
        16,
        Duration.ofSeconds(60),
        List.of(thresholds),
        defaultThreshold,
        List.of("illicit"));
  }
}
