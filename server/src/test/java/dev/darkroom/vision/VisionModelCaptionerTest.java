package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.FiboCaption;
import dev.darkroom.caption.Picture;
import dev.darkroom.caption.TestCaptions;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.failure.Failure;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.provider.ProviderFailure;
import dev.darkroom.provider.SettableClock;
import dev.darkroom.provider.TestProviders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VisionModelCaptionerTest {

  private static final TestPicture PICTURE = new TestPicture(3000, 2000);
  private static final VisualSchema NOTHING_SHARED = VisualSchema.of("{}");
  private static final VisualSchema SCHEMA =
      VisualSchema.of(
          """
          {"style_medium": "watercolour", "lighting.direction": "from above", "season": "autumn"}
          """);

  private static TestProviders shared;
  private FakeVisionModel model;
  private VisionModelCaptioner captioner;

  /// A picture whose bytes cannot be had.
  private record Unreadable(IOException problem) implements Picture {

    @Override
    public int width() {
      return PICTURE.width();
    }

    @Override
    public int height() {
      return PICTURE.height();
    }

    @Override
    public Map<String, Object> exif() {
      return Map.of();
    }

    @Override
    public byte[] jpeg(int longSide) throws IOException {
      throw problem;
    }
  }

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
    captioner = captioner("max_tokens");
  }

  @AfterEach
  void stop() {
    model.close();
  }

  @Nested
  class AStructuredCaption {

    @Test
    void isWhatTheModelSaysOfThePictureAt1024Pixels() throws Exception {
      model.next(ModelBehaviour.says(TestCaptions.photograph()));
      assertThat(json(described(NOTHING_SHARED))).isEqualTo(read(TestCaptions.photograph()));
      assertThat(model.lastRequest().pictureSizes()).containsExactly(List.of(1024, 683));
    }

    @Test
    void isAskedForUnderAStrictSchema() throws Exception {
      var _ = described(SCHEMA);
      JsonNode request = model.lastRequest().body();
      assertThat(request.path("model").asString()).isEqualTo("fake-vision");
      assertThat(request.path("max_tokens").asInt()).isEqualTo(4096);
      assertThat(request.at("/response_format/type").asString()).isEqualTo("json_schema");
      assertThat(request.at("/response_format/json_schema/strict").asBoolean()).isTrue();
      assertThat(request.at("/response_format/json_schema/schema"))
          .isEqualTo(read(SCHEMA.requestSchema()));
    }

    @Test
    void tellsTheModelWhatTheDatasetShares() throws Exception {
      var _ = described(SCHEMA);
      assertThat(model.lastRequest().text())
          .contains("season: autumn", "style_medium: \"watercolour\"");
    }

    @Test
    void hasTheFixedValuesWhateverTheModelSays() throws Exception {
      model.next(ModelBehaviour.says(TestCaptions.photograph()));
      JsonNode caption = json(described(SCHEMA));
      assertThat(caption.path("style_medium").asString()).isEqualTo("watercolour");
      assertThat(caption.at("/lighting/direction").asString()).isEqualTo("from above");
      assertThat(model.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"```json\n%s\n```", "```\n%s```", "\n  %s\n", "<think>Hm.\n{}</think>\n%s"})
    void mayComeInAFenceOrAfterThoughts(String around) throws Exception {
      model.next(ModelBehaviour.changes(around::formatted));
      assertValid(described(NOTHING_SHARED));
      assertThat(model.requests()).hasSize(1);
    }

    @Test
    void isAskedForAgainWithWhatIsWrong() throws Exception {
      var flawed = TestCaptions.photograph(caption -> caption.put("style_medium", 7));
      model.next(ModelBehaviour.says(flawed));
      assertValid(described(NOTHING_SHARED));
      var again = model.lastRequest();
      assertThat(again.text()).contains("style_medium");
      assertThat(again.body().at("/messages/2/content").asString()).isEqualTo(flawed);
      assertThat(again.pictureSizes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{\"short_description\": ", "[]", "Sorry, here it is:", "{}"})
    void failsAfterThreeUselessReplies(String reply) throws Exception {
      model.always(ModelBehaviour.says(reply));
      assertThat(failure(described(NOTHING_SHARED)))
          .isInstanceOf(VisionFailure.Unusable.class)
          .returns(500, Failure::status)
          .returns("caption.unusable", Failure::type)
          .returns(Retry.NEVER, Failure::retry);
      assertThat(model.requests()).hasSize(3);
    }

    @Test
    void failsAfterThreeAnswersThatAreNoCompletion() throws Exception {
      model.next(
          ModelBehaviour.sends("{\"choices\": []}"),
          ModelBehaviour.sends("{\"choices\": [{\"message\""),
          ModelBehaviour.sends("{\"choices\": [{\"message\": {\"content\": null}}]}"));
      assertThat(failure(described(NOTHING_SHARED))).isInstanceOf(VisionFailure.Unusable.class);
      assertThat(model.requests()).hasSize(3);
    }

    @Test
    void isNeverACutOne() throws Exception {
      model.always(ModelBehaviour.finishes("length", TestCaptions.photograph()));
      assertThat(failure(described(NOTHING_SHARED)).message()).contains("cut off");
      assertThat(model.requests()).hasSize(3);
      assertThat(model.lastRequest().text()).contains("briefer");
    }

    @Test
    void mayBeRefused() throws Exception {
      model.next(
          ModelBehaviour.refuses("I can't help with that."),
          ModelBehaviour.finishes("content_filter", TestCaptions.photograph()));
      for (int i = 0; i < 2; i++) {
        assertThat(failure(described(NOTHING_SHARED)))
            .isEqualTo(new VisionFailure.Refused())
            .returns(422, Failure::status);
      }
      assertThat(model.requests()).hasSize(2);
    }

    @Test
    void failsWhereTheServerDoesNotTakeThePicture() throws Exception {
      model.always(ModelBehaviour.status(413));
      assertThat(failure(described(NOTHING_SHARED)))
          .isEqualTo(new VisionFailure.NotTaken(413))
          .returns(500, Failure::status);
      assertThat(model.requests()).hasSize(1);
    }

    @Test
    void waitsForAModelThatIsOutAndDecodesNothingMeanwhile() {
      model.always(ModelBehaviour.tooMany(Duration.ofSeconds(60)));
      assertThatThrownBy(() -> described(NOTHING_SHARED))
          .asInstanceOf(type(FailureException.class))
          .extracting(FailureException::failure)
          .isInstanceOf(ProviderFailure.Busy.class);
      var undecodable = new Unreadable(new IOException("decoded in vain"));
      assertThatThrownBy(() -> captioner.describe(undecodable, NOTHING_SHARED))
          .isInstanceOf(FailureException.class);
    }
  }

  @Nested
  class AServerWithout {

    @Test
    void schemasIsToldTheSchemaInWordsFromThenOn() throws Exception {
      model.always(ModelBehaviour.withoutFormats("json_schema"));
      assertValid(described(SCHEMA));
      assertValid(described(SCHEMA));
      assertThat(model.requests()).hasSize(3);
      var request = model.lastRequest();
      assertThat(request.body().at("/response_format/type").asString()).isEqualTo("json_object");
      assertThat(request.text()).contains(SCHEMA.requestSchema());
    }

    @Test
    void anyFormatsIsAskedWithout() throws Exception {
      model.always(ModelBehaviour.withoutFormats("json_schema", "json_object"));
      assertValid(described(SCHEMA));
      assertThat(model.requests()).hasSize(3);
      assertThat(model.lastRequest().body().has("response_format")).isFalse();
    }

    @Test
    void maxTokensIsToldTheLimitByItsOtherName() throws Exception {
      var _ = captioner("max_completion_tokens").describe(PICTURE, NOTHING_SHARED);
      assertThat(model.lastRequest().body().path("max_completion_tokens").asInt()).isEqualTo(4096);
      assertThat(model.lastRequest().body().has("max_tokens")).isFalse();
    }
  }

  @Nested
  class APlainCaption {

    @Test
    void beginsWithThePrefix() throws Exception {
      assertThat(written(captioner.describe(PICTURE, "TOK,")))
          .isEqualTo("TOK, A wooden table stands in soft light.");
      assertThat(model.lastRequest().text()).contains("TOK,");
      assertThat(model.lastRequest().body().has("response_format")).isFalse();
      assertThat(model.lastRequest().pictureSizes()).containsExactly(List.of(1024, 683));
    }

    @Test
    void isAskedForAgainWhereItSaysNothing() throws Exception {
      model.next(ModelBehaviour.says("\"TOK\""), ModelBehaviour.says("**A chair.**\n\nIt is red."));
      assertThat(written(captioner.describe(PICTURE, "TOK"))).isEqualTo("TOK A chair. It is red.");
    }
  }

  @Nested
  class WhatPicturesShare {

    private static final List<TestPicture> PICTURES =
        List.of(new TestPicture(1024, 1024), PICTURE, PICTURE, PICTURE, PICTURE);

    @Test
    void isStatedFromTheirCaptions() throws Exception {
      var text = written(captioner.shared(PICTURES));
      assertThat(VisualSchema.of(text).fixed()).containsOnlyKeys("style_medium");
      assertThat(VisualSchema.of(text).contextLines()).containsExactly("season: autumn");
      assertThat(model.requests()).hasSize(6);
      assertThat(model.lastRequest().pictureSizes()).isEmpty();
      assertThat(model.lastRequest().text()).contains("Picture 1: {", "Picture 5: {");
    }

    @Test
    void isAskedForAgainWhereItIsNoVisualSchema() throws Exception {
      model.always((request, answer) -> {
        boolean stated = request.pictureSizes().isEmpty();
        boolean again = request.text().contains("What is wrong");
        var behaviour =
            stated && !again
                ? ModelBehaviour.says("{\"short_description\": \"a chair\"}")
                : ModelBehaviour.well();
        behaviour.answer(request, answer);
      });
      assertThat(written(captioner.shared(PICTURES))).contains("style_medium");
      assertThat(model.requests()).hasSize(7);
    }

    @Test
    void failsWithAPictureThatTheModelRefuses() throws Exception {
      model.next(ModelBehaviour.refuses("No."));
      assertThat(failure(captioner.shared(PICTURES))).isEqualTo(new VisionFailure.Refused());
    }

    @Test
    void waitsForAModelThatIsOut() {
      model.always(ModelBehaviour.status(401));
      assertThatThrownBy(() -> captioner.shared(PICTURES)).isInstanceOf(FailureException.class);
    }

    @Test
    void waitsForAStoreThatIsOut() {
      List<Picture> pictures =
          List.of(PICTURE, new Unreadable(new IOException("the store is out")));
      assertThatThrownBy(() -> captioner.shared(pictures))
          .isInstanceOf(IOException.class)
          .hasMessage("the store is out");
    }
  }

  @Nested
  class ARefinement {

    @Test
    void changesThePromptAsTheInstructionSays() throws Exception {
      ObjectNode changed = (ObjectNode) read(TestCaptions.photograph());
      changed.put("background_setting", "a brick wall");
      model.next(ModelBehaviour.says(changed.toString()));
      var refined =
          captioner.refine(
              TestCaptions.photograph(), "make it brick", SCHEMA, List.of(PICTURE, PICTURE));
      JsonNode json = json(refined);
      assertThat(json.path("background_setting").asString()).isEqualTo("a brick wall");
      assertThat(json.path("style_medium").asString()).isEqualTo("watercolour");
      assertThat(model.lastRequest().text())
          .contains("make it brick", TestCaptions.photograph(), "season: autumn");
      assertThat(model.lastRequest().pictureSizes()).hasSize(2);
    }
  }

  @Test
  void signsWithTheModelAndItsHost() {
    assertThat(captioner.author()).isEqualTo("fake-vision at 127.0.0.1:" + model.port());
    var longName =
        new RemoteCaptionerSettings(
            model.baseUrl(), null, "m".repeat(300), 1, Duration.ofSeconds(1), "max_tokens", 256);
    assertThat(captioner(longName).author()).hasSize(200);
    assertThat(captioner(longName).concurrency()).isOne();
  }

  private VisionModelCaptioner captioner(String tokenLimitField) {
    return captioner(
        new RemoteCaptionerSettings(
            model.baseUrl(),
            TestProviders.KEY,
            "fake-vision",
            16,
            Duration.ofSeconds(60),
            tokenLimitField,
            4096));
  }

  private static VisionModelCaptioner captioner(RemoteCaptionerSettings settings) {
    var provider = shared.node(new SettableClock()).open(settings.provider());
    return new VisionModelCaptioner(new ChatModel(provider, settings));
  }

  private Captioning described(VisualSchema schema) throws IOException, InterruptedException {
    return captioner.describe(PICTURE, schema);
  }

  private static String written(Captioning captioning) {
    return switch (captioning) {
      case Captioning.Written(var text) -> text;
      case Captioning.Failed(var failure) -> throw new AssertionError(failure.message());
    };
  }

  private static Failure failure(Captioning captioning) {
    return switch (captioning) {
      case Captioning.Written(var text) -> throw new AssertionError(text);
      case Captioning.Failed(var failure) -> failure;
    };
  }

  private static void assertValid(Captioning captioning) {
    assertThat(FiboCaption.departures(written(captioning))).isEmpty();
  }

  private static JsonNode json(Captioning captioning) {
    return read(written(captioning));
  }

  private static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
