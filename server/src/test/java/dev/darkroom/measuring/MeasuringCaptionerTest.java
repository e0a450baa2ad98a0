package dev.darkroom.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.FiboCaption;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.failure.FailureException;
import dev.darkroom.failure.Retry;
import dev.darkroom.measuring.Painted.Paint;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MeasuringCaptionerTest {

  private static final VisualSchema FREE = VisualSchema.of("{}");
  private static final Paint DRAWING = Painted.split(0.5, 0xd04040, 0xf0d080);
  private static final Map<String, Object> CAMERA =
      Map.of("focal_length", 50.0, "focal_length_35mm", 50, "f_number", 1.8, "iso", 100);

  private final MeasuringCaptioner captioner = new MeasuringCaptioner();

  @Test
  void saysWhatItMeasuredAndNothingElse() throws IOException {
    var caption = json(captioner.describe(TestPicture.of(Painted.noise()), FREE));
    assertThat(caption.get("short_description").asString())
        .isEqualTo(
            "A picture in landscape format (4:3), mid-key with medium contrast."
                + " It is black and white: grey, dark grey and light grey."
                + " It is sharp throughout.");
    assertThat(caption.at("/lighting/conditions").asString()).isEqualTo("mid-key, medium contrast");
    assertThat(caption.at("/photographic_characteristics/focus").asString())
        .isEqualTo("sharp throughout");
    assertThat(caption.get("artistic_style").asString()).isEqualTo("black and white");
    assertThat(caption.get("objects")).isEmpty();
    assertThat(caption.get("text_render")).isEmpty();
    assertThat(
            List.of(
                caption.get("background_setting"),
                caption.get("context"),
                caption.at("/aesthetics/mood_atmosphere"),
                caption.at("/photographic_characteristics/camera_angle")))
        .allMatch(value -> value.asString().equals(FiboCaption.NOT_DETERMINED));
  }

  @Test
  void givesAValidCaptionOfWhateverItIsShown() throws IOException {
    for (var paint : List.of(Painted.noise(), DRAWING, Painted.plain(0), Painted.hills())) {
      var text = text(captioner.describe(TestPicture.of(paint), FREE));
      assertThat(FiboCaption.departures(text)).isEmpty();
    }
    for (int side : new int[] {1, 2, 8, 9, 33}) {
      var tiny = new TestPicture(Map.of(), Painted.jpeg(side, side, Painted.plain(0x4080c0)));
      assertThat(FiboCaption.departures(text(captioner.describe(tiny, FREE)))).isEmpty();
    }
  }

  @Test
  void tellsOfTheLensAndTakesWhatACameraMadeForAPhotograph() throws IOException {
    var picture = new TestPicture(CAMERA, Painted.jpeg(DRAWING));
    var caption = json(captioner.describe(picture, FREE));
    assertThat(caption.get("style_medium").asString()).isEqualTo("photograph");
    assertThat(caption.at("/photographic_characteristics/lens_focal_length").asString())
        .isEqualTo("50 mm (50 mm on 35 mm film), f/1.8");
  }

  @Test
  void saysNothingPhotographicOfADrawing() throws IOException {
    var caption = json(captioner.describe(TestPicture.of(DRAWING), FREE));
    assertThat(caption.get("style_medium").asString()).isEqualTo("illustration in flat colours");
    assertThat(caption.get("photographic_characteristics").isNull()).isTrue();
    assertThat(caption.get("short_description").asString())
        .startsWith("An illustration in flat colours in landscape format (4:3)");
  }

  @Test
  void letsTheVisualSchemaWin() throws IOException {
    var schema =
        VisualSchema.of(
            """
            {"style_medium": "watercolour", "aesthetics.mood_atmosphere": "calm",
             "photographic_characteristics.camera_angle": "from above", "season": "autumn"}
            """);
    var caption = json(captioner.describe(TestPicture.of(DRAWING), schema));
    assertThat(caption.get("style_medium").asString()).isEqualTo("watercolour");
    assertThat(caption.at("/aesthetics/mood_atmosphere").asString()).isEqualTo("calm");
    assertThat(caption.at("/photographic_characteristics/camera_angle").asString())
        .isEqualTo("from above");
  }

  @Test
  void writesOneParagraphForLegacyDatasets() throws IOException {
    var picture = new TestPicture(CAMERA, Painted.jpeg(Painted.noise()));
    assertThat(text(captioner.describe(picture, "a photo of sks")))
        .isEqualTo(
            "a photo of sks A photograph in landscape format (4:3), mid-key with medium contrast."
                + " It is black and white: grey, dark grey and light grey."
                + " It is sharp throughout. It is even, without a centre of weight."
                + " There are shadows over 4 % of the picture."
                + " Taken at 50 mm (50 mm on 35 mm film), f/1.8.");
    assertThat(text(captioner.describe(picture, "sks, "))).startsWith("sks, A photograph");
    assertThat(text(captioner.describe(picture, ""))).startsWith("A photograph");
  }

  @Test
  void saysInSentencesWhereLightAndWeightLie() throws IOException {
    Paint sunset = (_, y) -> y < 150 ? 0xff8020 : 0x602000;
    assertThat(text(captioner.describe(TestPicture.of(sunset), "")))
        .contains(
            "It has warm, ", "It is brighter in the upper part.", "It has its visual weight ");
    Paint brown = (x, y) -> Painted.rgb(150 + x / 8, 125 + x / 9, 100 + x / 10);
    assertThat(text(captioner.describe(TestPicture.of(brown), "")))
        .contains("It is sepia-like, in shades of brown only: ");
    assertThat(text(captioner.describe(TestPicture.of(Painted.plain(0x60a060)), "")))
        .contains("colours, neither warm nor cool: green.");
  }

  @Test
  void sharesWhatAllPicturesHaveInCommon() throws IOException {
    var noise = TestPicture.of(Painted.noise());
    var schema = json(captioner.shared(List.of(noise, TestPicture.of(Painted.hills()))));
    assertThat(schema.get("artistic_style").asString()).isEqualTo("black and white");
    assertThat(schema.at("/photographic_characteristics/focus").isMissingNode()).isTrue();
    assertThat(schema.toString()).doesNotContain(FiboCaption.NOT_DETERMINED);
    VisualSchema.check(schema.toString());
  }

  @Test
  void givesTheSamePixelsTheSameWords() throws IOException {
    var picture = TestPicture.of(Painted.hills());
    assertThat(captioner.describe(picture, FREE))
        .isEqualTo(new MeasuringCaptioner().describe(picture, FREE));
    assertThat(captioner.author()).isEqualTo("measuring 1");
  }

  @Test
  void saysThatChangingAPromptTakesAVisionModel() {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> captioner.refine("{}", "at night", FREE, List.of()))
        .extracting(FailureException::failure)
        .satisfies(failure -> {
          assertThat(failure.type()).isEqualTo("captioner.needs-vision-model");
          assertThat(failure.status()).isEqualTo(400);
          assertThat(failure.retry()).isEqualTo(Retry.NEVER);
          assertThat(failure.message()).contains("docs/captioning.md");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 300})
  void failsAPictureWhoseThumbnailIsSpoilt(int length) throws IOException {
    var spoilt = new TestPicture(Map.of(), Arrays.copyOf(Painted.jpeg(DRAWING), length));
    var failed = new Captioning.Failed(MeasuringFailure.PICTURE_UNREADABLE);
    assertThat(captioner.describe(spoilt, FREE)).isEqualTo(failed);
    assertThat(captioner.describe(spoilt, "")).isEqualTo(failed);
    assertThat(captioner.shared(List.of(spoilt))).isEqualTo(failed);
  }

  private static String text(Captioning captioning) {
    assertThat(captioning).isInstanceOf(Captioning.Written.class);
    return ((Captioning.Written) captioning).text();
  }

  private static JsonNode json(Captioning captioning) {
    return new JsonMapper().readTree(text(captioning));
  }
}
