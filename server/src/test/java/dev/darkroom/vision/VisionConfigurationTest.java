package dev.darkroom.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class VisionConfigurationTest {

  @Test
  void theServersCaptionerIsTheVisionModelWhereOneIsSet() throws Exception {
    try (var model = FakeVisionModel.start();
        var server = TestServer.start(model.captionerProperties())) {
      var captioner = server.bean(Captioner.class);
      assertThat(captioner.author()).isEqualTo("fake-vision at 127.0.0.1:" + model.port());
      assertThat(captioner.describe(new TestPicture(1200, 1200), "TOK"))
          .isEqualTo(new Captioning.Written("TOK A wooden table stands in soft light."));
      assertThat(model.lastRequest().authorization()).isNull();
    }
  }

  @Test
  void aBlankAddressCountsAsNone() {
    new ApplicationContextRunner()
        .withUserConfiguration(VisionConfiguration.class)
        .withPropertyValues("darkroom.captioner.remote.base-url= ")
        .run(context -> assertThat(context).doesNotHaveBean(Captioner.class));
  }
}
