package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pictures that a client sends for a visual schema, and wants to be moderated.
class ModeratedPicturesTest {

  private static FakeVisionModel model;
  private static TestServer server;
  private static TestCaptioner captioner;

  @BeforeAll
  static void start() {
    model = FakeVisionModel.start();
    Map<String, String> properties = new HashMap<>(CaptionRunTest.PROPERTIES);
    properties.putAll(model.moderatorProperties());
    server = TestServer.start(properties, TestCaptioner.Configuration.class);
    captioner = server.bean(TestCaptioner.class);
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @Test
  void areRefusedWithCategoryAndScoreBeforeTheyAreCaptioned() {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.91)));
    Answer answer = generate();
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.type()).isEqualTo("sent-picture.refused");
    assertThat(answer.json().get("message").asString()).contains("images[0]", "violence", "0.91");
    assertThat(captioner.asked()).isEmpty();
  }

  @Test
  void areCaptionedWhenTheyPass() {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.01)));
    assertThat(generate().status()).isEqualTo(200);
  }

  private static Answer generate() {
    captioner.becomeUsual();
    String image = Base64.getEncoder().encodeToString(SampleImages.jpeg(32, 24));
    return ApiClient.of(server)
        .post(
            "/tailored-gen/generate_visual_schema",
            Map.of("images", Collections.nCopies(5, image), "content_moderation", true));
  }
}
