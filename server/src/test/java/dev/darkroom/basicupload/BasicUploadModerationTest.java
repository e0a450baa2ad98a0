package dev.darkroom.basicupload;

import static dev.darkroom.basicupload.BasicUploadClient.added;
import static dev.darkroom.basicupload.BasicUploadClient.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.samples.SampleImages;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelBehaviour;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Single images that the client wants to be moderated.
class BasicUploadModerationTest {

  private static final byte[] JPEG = SampleImages.jpeg(64, 64);
  private static final Map<String, Object> MODERATED = Map.of("content_moderation", true);

  private static FakeVisionModel model;
  private static TestServer server;
  private static BasicUploadClient client;

  @BeforeAll
  static void start() {
    model = FakeVisionModel.start();
    Map<String, String> properties = new HashMap<>(model.moderatorProperties());
    properties.put("darkroom.limits.min-dimension", "64");
    server = TestServer.start(properties);
    // Whose clean-up comes at any moment.
    server.bean(Scheduler.class).pause();
    client = new BasicUploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  /// A test after one in which the moderator is out is not to wait for it.
  @AfterEach
  void recover() {
    model.recover();
    server.jdbc().sql("DELETE FROM provider_gate").update();
  }

  @Test
  void areRefusedWithCategoryAndScoreAndNeverStored() {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.91)));
    long dataset = client.dataset();
    Answer answer = client.send(dataset, JPEG, MODERATED);
    assertRefused(answer, 422, "moderation.rejected");
    assertThat(answer.json().get("message").asString()).contains("violence", "0.91");
    assertThat(client.images(dataset)).isEmpty();
    assertThat(StoredFiles.of(server)).isEmpty();
  }

  @Test
  void areAddedWhenTheyPass() {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.01)));
    long dataset = client.dataset();
    var image = added(client.send(dataset, JPEG, MODERATED));
    assertThat(client.api().delete(BasicUploadClient.path(dataset, "")).status()).isEqualTo(204);
    assertThat(image.get("id").asLong()).isPositive();
    StoredFiles.cleanUp(server);
  }

  @Test
  void areNotSentToTheModeratorUnlessItIsAskedFor() {
    model.always(ModelBehaviour.scores(Map.of("violence", 0.91)));
    int before = model.requests().size();
    added(client.send(client.dataset(), JPEG));
    added(client.send(client.dataset(), JPEG, Map.of("content_moderation", false)));
    assertThat(model.requests()).hasSize(before);
    server.jdbc().sql("DELETE FROM dataset_image").update();
    StoredFiles.cleanUp(server);
  }

  @Test
  void waitForNoModeratorThatIsOut() {
    model.always(ModelBehaviour.status(401, "no"));
    Answer answer = client.send(client.dataset(), JPEG, MODERATED);
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(StoredFiles.of(server)).isEmpty();
  }

  @Test
  void areRefusedWhereThereIsNoModerator() {
    try (var without = TestServer.start(Map.of("darkroom.runtime", "no-such-folder"))) {
      var its = new BasicUploadClient(without);
      assertRefused(its.send(its.dataset(), JPEG, MODERATED), 400, "basic-upload.no-moderator");
      assertRefused(its.send(999_999, JPEG, MODERATED), 404, "dataset.not-found");
    }
  }
}
