package dev.darkroom.captioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.caption.GeneratedCaptions;
import dev.darkroom.vision.FakeVisionModel;
import dev.darkroom.vision.ModelAnswer;
import dev.darkroom.vision.ModelBehaviour;
import dev.darkroom.vision.ModelRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An upload whose captions come from a vision model over HTTP, which does not always answer.
class RemoteCaptioningTest {

  private static final int PICTURES = 48;
  private static final String SCHEMA =
      "{\"style_medium\": \"oil painting\", \"aesthetics.color_scheme\": \"red\", \"place\": \"Crete\"}";

  private FakeVisionModel model;
  private TestServer server;
  private UploadClient client;

  @BeforeEach
  void start() {
    model = FakeVisionModel.start();
    Map<String, String> properties = new HashMap<>(CaptionRunTest.PROPERTIES);
    properties.putAll(model.captionerProperties());
    server = TestServer.start(properties);
    client = new UploadClient(server);
  }

  @AfterEach
  void stop() {
    server.close();
    model.close();
  }

  @Test
  void losesNothingAndCostsNoCaptionWhenTheModelIsGoneForAWhile() throws Exception {
    model.always(ModelBehaviour.delayed(Duration.ofMillis(50), ModelBehaviour.well()));
    try (var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(PICTURES)))) {
      long dataset = fiboDataset();
      assertThat(client.submit(dataset, source.url()).status()).isEqualTo(202);
      model.awaitRequests(PICTURES / 2);
      int port = model.port();
      model.close();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> count("SELECT count(*) FROM provider_gate WHERE failures > 0") == 1);
      int written = count("SELECT count(*) FROM dataset_image WHERE caption IS NOT NULL");
      assertThat(client.status(dataset).get("captions").get("failed").asInt()).isZero();

      model = FakeVisionModel.startOn(port);
      requireAllCaptions(dataset, client.awaitEnd(dataset));
      assertThat(model.requests())
          .as("none asked again")
          .hasSizeLessThanOrEqualTo(PICTURES - written);
    }
  }

  @Test
  void waitsAsLongAsTheModelAsksTo() {
    model.next(
        ModelBehaviour.well(),
        ModelBehaviour.tooMany(Duration.ofSeconds(6)),
        ModelBehaviour.tooMany(Duration.ofSeconds(6)));
    try (var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(PICTURES)))) {
      long dataset = fiboDataset();
      requireAllCaptions(dataset, client.upload(dataset, source.url()));
    }
  }

  @Test
  void costsAPictureItsCaptionThatTheModelRefusesAndNoOther() {
    model.next(ModelBehaviour.refuses("I would rather not."));
    try (var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(3)))) {
      long dataset = fiboDataset();
      JsonNode captions = client.upload(dataset, source.url()).get("captions");
      assertThat(captions.get("done").asInt()).isEqualTo(2);
      assertThat(captions.get("failed").asInt()).isOne();
    }
  }

  @Test
  void costsAPictureItsCaptionThatTheModelFallsOverAndHangsNowhere() {
    model.listModels().always(RemoteCaptioningTest::fallsOverOnePicture);
    try (var source = ZipServer.serving(TestZip.with(CaptionRunTest.pictures(3)))) {
      long dataset = fiboDataset();
      JsonNode captions = client.upload(dataset, source.url()).get("captions");
      assertThat(captions.get("done").asInt()).isEqualTo(2);
      assertThat(captions.get("failed").asInt()).isOne();
    }
  }

  /// The one that is 65 pixels wide.
  private static void fallsOverOnePicture(ModelRequest request, ModelAnswer answer)
      throws IOException, InterruptedException {
    boolean falls = request.pictureSizes().getFirst().getFirst() == 65;
    (falls ? ModelBehaviour.status(500) : ModelBehaviour.well()).answer(request, answer);
  }

  private long fiboDataset() {
    long dataset = client.dataset("fibo");
    var changed = client.api().put(UploadClient.path(dataset, ""), Map.of("visual_schema", SCHEMA));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    return dataset;
  }

  private void requireAllCaptions(long dataset, JsonNode status) {
    assertThat(status.get("captions").get("done").asInt())
        .as(status.toString())
        .isEqualTo(PICTURES);
    assertThat(status.get("captions").get("failed").asInt()).isZero();
    for (JsonNode image : client.images(dataset)) {
      GeneratedCaptions.assertValid(image.get("caption").asString(), SCHEMA);
    }
  }

  private int count(String sql) {
    return server.jdbc().sql(sql).query((row, _) -> row.getInt(1)).single();
  }
}
