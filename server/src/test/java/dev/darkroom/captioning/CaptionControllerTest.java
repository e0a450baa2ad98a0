package dev.darkroom.captioning;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.TestServer;
import dev.darkroom.api.ApiClient;
import dev.darkroom.api.ApiClient.Answer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import dev.darkroom.bulkupload.UploadClient;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.GeneratedCaptions;
import dev.darkroom.caption.TestCaptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The captions of a dataset at a client's request, over HTTP.
class CaptionControllerTest {

  private static final String SCHEMA = "{\"style_medium\": \"oil painting\"}";

  private static TestServer server;
  private static UploadClient client;
  private static ApiClient api;
  private static TestCaptioner captioner;

  @BeforeAll
  static void start() {
    server = TestServer.start(CaptionRunTest.PROPERTIES, TestCaptioner.Configuration.class);
    client = new UploadClient(server);
    api = client.api();
    captioner = server.bean(TestCaptioner.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void reset() {
    captioner.becomeUsual();
  }

  @Nested
  class All {

    @Test
    void areWrittenAnewManualOnesToo() {
      long dataset = fibo(3);
      change(dataset, 0, Map.of("caption", "{\"mine\": true}"));
      captioner.becomeUsual();
      Answer answer = regenerate(dataset);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(answer.json().get("captions_update_status").asString()).isEqualTo("in_progress");
      awaitCaptions(dataset);
      assertThat(captioner.asked()).hasSize(3);
      for (JsonNode image : client.images(dataset)) {
        assertThat(image.get("caption_source").asString()).isEqualTo("automatic");
        GeneratedCaptions.assertValid(image.get("caption").asString(), SCHEMA);
      }
    }

    @Test
    void leaveNoStepsBehind() {
      long dataset = fibo(3);
      assertThat(regenerate(dataset).status()).isEqualTo(202);
      awaitCaptions(dataset);
      int steps =
          server
              .jdbc()
              .sql(
                  """
                  SELECT count(*) FROM job_step JOIN job ON job.id = job_id
                  WHERE dataset_id = :dataset AND task = 'caption'
                  """)
              .param("dataset", dataset)
              .query((row, _) -> row.getInt(1))
              .single();
      assertThat(steps).isZero();
    }

    @Test
    void areNullWhereTheCaptionerFailsForGood() {
      long dataset = fibo(2);
      captioner.become((size, usual) ->
          size.startsWith("64x") ? new Captioning.Failed(TestCaptioner.REFUSED) : usual);
      assertThat(regenerate(dataset).status()).isEqualTo(202);
      awaitCaptions(dataset);
      assertThat(client.images(dataset).get(0).get("caption").isNull()).isTrue();
      assertThat(client.images(dataset).get(1).get("caption").isNull()).isFalse();
    }

    @Test
    void beginNothingInADatasetWithoutImages() {
      Answer answer = regenerate(withSchema());
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().get("captions_update_status").asString()).isEqualTo("empty");
    }

    @Test
    void needASchemaInAFiboDataset() {
      assertThat(regenerate(uploaded(client.dataset("fibo"), 1)))
          .satisfies(answer -> assertFailed(answer, 409, "caption.schema-missing"));
    }

    @Test
    void needNoSchemaInALegacyDataset() {
      long dataset = legacy(2);
      assertThat(regenerate(dataset).status()).isEqualTo(202);
      awaitCaptions(dataset);
      assertThat(client.images(dataset).get(0).get("caption").asString())
          .isEqualTo("A picture of 64x64.");
    }

    @Test
    void areRefusedInACompletedDataset() {
      long dataset = legacy(1);
      complete(dataset);
      assertFailed(regenerate(dataset), 409, "dataset.completed");
    }

    @Test
    void areRefusedToStrangersAndReaders() {
      assertFailed(regenerate(999_999), 404, "dataset.not-found");
      assertThat(ApiClient.anonymous(server).put(UploadClient.path(1, "/images"), "").status())
          .isEqualTo(401);
    }

    @Test
    void areBegunByExactlyOneOfManyRequests() throws Exception {
      long dataset = fibo(2);
      var goOn = new CountDownLatch(1);
      captioner.become((_, usual) -> {
        goOn.await();
        return usual;
      });
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        var requests =
            IntStream.range(0, 8)
                .mapToObj(_ -> clients.submit(() -> regenerate(dataset).status()))
                .toList();
        Map<Integer, Integer> answers = new HashMap<>();
        for (var request : requests) answers.merge(request.get(), 1, Integer::sum);
        assertThat(answers).isEqualTo(Map.of(202, 1, 409, 7));
      }
      assertFailed(regenerate(dataset), 409, "dataset.busy");
      assertFailed(change(dataset, 0, Map.of("caption", "{}")), 409, "dataset.busy");
      assertFailed(change(dataset, 0, Map.of("regenerate_caption", true)), 409, "dataset.busy");
      goOn.countDown();
      awaitCaptions(dataset);
    }
  }

  @Nested
  class One {

    @Test
    void isWhatSomebodyWrites() {
      long dataset = fibo(1);
      String written =
          TestCaptions.photograph(caption -> caption.put("style_medium", "oil painting"));
      Answer answer = change(dataset, 0, Map.of("caption", written));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("caption").asString()).isEqualTo(written);
      assertThat(answer.json().get("caption_source").asString()).isEqualTo("manual");
      assertThat(answer.json().get("caption_author").isNull()).isTrue();
      assertThat(answer.json().get("caption_warnings")).isEmpty();
      assertThat(answer.json().get("image_url").asString()).startsWith("http");
    }

    @Test
    void movesTheTimesOfItsImageAndItsDataset() {
      long dataset = fibo(1);
      server
          .jdbc()
          .sql("UPDATE dataset SET updated_at = '2000-01-01Z' WHERE id = " + dataset)
          .update();
      server
          .jdbc()
          .sql("UPDATE dataset_image SET updated_at = '2000-01-01Z' WHERE dataset_id = " + dataset)
          .update();
      JsonNode image = change(dataset, 0, Map.of("caption", "{}")).json();
      assertThat(image.get("updated_at").asString()).isGreaterThan("2026");
      assertThat(client.datasetAsSeen(dataset).get("updated_at").asString()).isGreaterThan("2026");
    }

    @Test
    void mayBeAnyJsonObjectInAFiboDatasetAndTellsWhereItDeparts() {
      long dataset = fibo(1);
      Answer answer = change(dataset, 0, Map.of("caption", "{\"mine\": true}"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("caption_warnings").toString())
          .contains("short_description", "style_medium");
      for (String text : List.of("", "a cat", "[]", "null", "{", "{} {}")) {
        assertFailed(change(dataset, 0, Map.of("caption", text)), 400, "request.field-invalid");
      }
    }

    @Test
    void isAnyTextInALegacyDataset() {
      long dataset = legacy(1);
      Answer answer = change(dataset, 0, Map.of("caption", " a cat "));
      assertThat(answer.json().get("caption").asString()).isEqualTo("a cat");
      assertThat(answer.json().get("caption_warnings")).isEmpty();
      assertFailed(change(dataset, 0, Map.of("caption", " ")), 400, "request.field-invalid");
    }

    @Test
    void hasItsLimit() {
      Answer answer = change(legacy(1), 0, Map.of("caption", "x".repeat(65_537)));
      assertFailed(answer, 400, "caption.too-long");
      assertThat(answer.json().get("limit").asInt()).isEqualTo(65_536);
      assertThat(answer.json().get("actual").asInt()).isEqualTo(65_537);
    }

    @Test
    void isEitherWrittenOrRegenerated() {
      long dataset = legacy(1);
      for (Object body :
          List.of(
              Map.of(),
              Map.of("regenerate_caption", false),
              Map.of("caption", "a", "regenerate_caption", true))) {
        assertFailed(change(dataset, 0, body), 400, "caption.neither-or-both");
      }
      assertThat(change(dataset, 0, Map.of("caption", "a", "regenerate_caption", false)).status())
          .isEqualTo(200);
    }

    @Test
    void isRegeneratedWhileTheClientWaits() {
      long dataset = fibo(1);
      change(dataset, 0, Map.of("caption", "{}"));
      Answer answer = change(dataset, 0, Map.of("regenerate_caption", true));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      GeneratedCaptions.assertValid(answer.json().get("caption").asString(), SCHEMA);
      assertThat(answer.json().get("caption_source").asString()).isEqualTo("automatic");
      assertThat(answer.json().get("caption_author").asString()).isEqualTo(TestCaptioner.AUTHOR);
    }

    @Test
    void isNotRegeneratedInAFiboDatasetWithoutASchema() {
      long dataset = uploaded(client.dataset("fibo"), 1);
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 409, "caption.schema-missing");
      assertThat(change(dataset, 0, Map.of("caption", "{}")).status()).isEqualTo(200);
    }

    @Test
    void staysWhereTheCaptionerIsOutOrFails() {
      long dataset = fibo(1);
      JsonNode before = client.images(dataset).get(0).get("caption");
      captioner.become((_, _) -> {
        throw TestCaptioner.OUT.exception();
      });
      Answer out = change(dataset, 0, Map.of("regenerate_caption", true));
      assertFailed(out, 503, "test.out");
      assertThat(out.header("Retry-After")).isPresent();
      captioner.become((_, _) -> new Captioning.Failed(TestCaptioner.REFUSED));
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 502, "captioning.no-text");
      captioner.become((_, _) -> new Captioning.Written("no caption"));
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 502, "captioning.no-text");
      captioner.become((_, _) -> {
        throw new IllegalStateException("a bug");
      });
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 500, "server.internal-error");
      assertThat(client.images(dataset).get(0).get("caption")).isEqualTo(before);
    }

    @Test
    void isDroppedWhereTheDatasetChangesMeanwhile() {
      long dataset = fibo(1);
      captioner.become((_, usual) -> {
        api.put(UploadClient.path(dataset, ""), Map.of("visual_schema", "{\"context\": \"new\"}"));
        return usual;
      });
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 409, "caption.schema-changed");
      captioner.become((_, usual) -> {
        api.delete(UploadClient.path(dataset, "/images/" + imageId(dataset, 0)));
        return usual;
      });
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 404, "dataset.image-not-found");
    }

    @Test
    void isRefusedInACompletedDataset() {
      long dataset = legacy(1);
      complete(dataset);
      assertFailed(change(dataset, 0, Map.of("caption", "a")), 409, "dataset.completed");
      assertFailed(
          change(dataset, 0, Map.of("regenerate_caption", true)), 409, "dataset.completed");
    }

    @Test
    void isLookedForBeforeAnythingElse() {
      long dataset = legacy(1);
      var body = Map.of("caption", "a");
      assertFailed(
          api.put(UploadClient.path(dataset, "/images/999999"), body),
          404,
          "dataset.image-not-found");
      assertFailed(
          api.put(UploadClient.path(999_999, "/images/1"), body), 404, "dataset.not-found");
      assertFailed(
          api.put(UploadClient.path(999_999, "/images/1"), Map.of()),
          400,
          "caption.neither-or-both");
    }
  }

  private static Answer regenerate(long dataset) {
    return api.put(UploadClient.path(dataset, "/images"), "");
  }

  private static Answer change(long dataset, int image, Object body) {
    return api.put(UploadClient.path(dataset, "/images/" + imageId(dataset, image)), body);
  }

  private static long imageId(long dataset, int image) {
    return client.images(dataset).get(image).get("id").asLong();
  }

  private static long withSchema() {
    long dataset = client.dataset("fibo");
    assertThat(api.put(UploadClient.path(dataset, ""), Map.of("visual_schema", SCHEMA)).status())
        .isEqualTo(200);
    return dataset;
  }

  private static long fibo(int images) {
    return uploaded(withSchema(), images);
  }

  private static long legacy(int images) {
    return uploaded(client.dataset("max"), images);
  }

  private static long uploaded(long dataset, int images) {
    var zip = CaptionRunTest.pictures(images);
    for (int n = 0; n < images; n++) zip.add(file("%03d.txt".formatted(n), "a text"));
    try (var source = ZipServer.serving(TestZip.with(zip))) {
      assertThat(client.upload(dataset, source.url()).get("status").asString())
          .isEqualTo("completed");
    }
    return dataset;
  }

  private static void complete(long dataset) {
    Answer answer = api.put(UploadClient.path(dataset, ""), Map.of("status", "completed"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static void awaitCaptions(long dataset) {
    await()
        .until(() ->
            client
                .datasetAsSeen(dataset)
                .get("captions_update_status")
                .asString()
                .equals("completed"));
  }

  private static void assertFailed(Answer answer, int status, String type) {
    assertThat(answer.type()).as(answer.text()).isEqualTo(type);
    assertThat(answer.status()).isEqualTo(status);
  }
}
